package dev.tidemark.watcher.hook;

import dev.tidemark.flux.ReceiverSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The kinds that a Receiver may list (flux-git-based 18.1, flux-gitless 3). */
final class ListedKinds {

    /** What is woken here. */
    static final List<String> SERVED = List.of(
            "ImageRepository",
            "ImagePolicy",
            "ImageUpdateAutomation",
            "GitRepository",
            "ResourceSet",
            "ResourceSetInputProvider");

    /** What other controllers wake, where they run; a Receiver may list them beside ours. */
    private static final Set<String> OF_OTHERS = Set.of(
            "ArtifactGenerator",
            "Bucket",
            "ExternalArtifact",
            "FluxInstance",
            "HelmChart",
            "HelmRelease",
            "HelmRepository",
            "Kustomization",
            "OCIRepository");

    private ListedKinds() {}

    /** What is wrong with the list, or empty. */
    static String problem(ReceiverSpec spec) {
        for (int i = 0; i < spec.resources().size(); i++) {
            String kind = spec.resources().get(i).kind();
            if (!SERVED.contains(kind) && !OF_OTHERS.contains(kind)) {
                return "spec.resources[" + i + "].kind '" + kind
                        + "' is no kind that a Receiver can wake: write one of " + String.join(", ", SERVED);
            }
        }
        return "";
    }

    /** The listed kinds that nothing here wakes, in order. */
    static Set<String> ofOthers(ReceiverSpec spec) {
        Set<String> found = new TreeSet<>();
        spec.resources().stream()
                .map(ReceiverSpec.Listed::kind)
                .filter(OF_OTHERS::contains)
                .forEach(found::add);
        return found;
    }
}
