package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.policies.gate.Gates;
import java.util.Optional;

/**
 * Which annotations of ours mean something where. One that is misspelt would switch a protection off in silence. Whether
 * the value of a known one can be read is for whoever decides to say.
 */
final class OwnAnnotations {

    private OwnAnnotations() {}

    /** What is wrong with an annotation of that name on that kind. */
    static Optional<String> problem(Kind<?> kind, String name) {
        if (!name.startsWith(Gates.PREFIX)) {
            return Optional.empty();
        }
        Optional<String> unknown = Gates.remedyOfUnknown(name);
        if (unknown.isPresent()) {
            return Optional.of("unknown annotation " + name + ": " + unknown.get());
        }
        boolean decided = kind.equals(Kinds.IMAGE_POLICY) || kind.equals(Kinds.RESOURCE_SET_INPUT_PROVIDER);
        return decided
                ? Optional.empty()
                : Optional.of(
                        "annotation " + name + " means nothing on a " + kind.name() + ": put it on the ImagePolicy");
    }
}
