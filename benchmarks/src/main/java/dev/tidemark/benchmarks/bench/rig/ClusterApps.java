package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Apps in a cluster, ten in each namespace: an image with its ImageRepository, ImagePolicy and Receiver, and the same image
 * with a ResourceSetInputProvider and a ResourceSet that makes a ConfigMap; a Git repository for each namespace.
 *
 * @param automations of each namespace, which share out its apps
 * @param interval of everything that has one, as Flux writes it
 */
public record ClusterApps(int count, int automations, String interval) {

    private static final int IN_A_NAMESPACE = 10;
    private static final int TAGS = 20;
    private static final String TOKEN = "a-token-of-the-benchmark";

    public String name(int app) {
        return "app-" + app;
    }

    public String namespace(int app) {
        return "apps-" + app / IN_A_NAMESPACE;
    }

    /** The automation that writes an app. */
    public String automation(int app) {
        return "group-" + group(app);
    }

    private int group(int app) {
        return app % IN_A_NAMESPACE % automations;
    }

    public List<String> namespaces() {
        List<String> all = new ArrayList<>();
        for (int app = 0; app < count; app += IN_A_NAMESPACE) {
            all.add(namespace(app));
        }
        return all;
    }

    /** Makes the images and the repositories. */
    public List<Repository> create(Rig rig) throws IOException, InterruptedException {
        List<Repository> repositories = new ArrayList<>();
        for (int first = 0; first < count; first += IN_A_NAMESPACE) {
            Map<String, String> files = new TreeMap<>();
            for (int app = first; app < Math.min(count, first + IN_A_NAMESPACE); app++) {
                rig.load().image(name(app), TAGS);
                files.put(
                        "group-" + group(app) + '/' + name(app) + ".yaml",
                        AppManifests.deployment(name(app), rig.load().registry(), "1.0." + (TAGS - 1))
                                .replace("\"apps:", '"' + namespace(app) + ':'));
            }
            repositories.add(rig.repository(namespace(first), files));
        }
        return repositories;
    }

    public List<String> manifests(Load load) {
        List<String> all = new ArrayList<>();
        for (int first = 0; first < count; first += IN_A_NAMESPACE) {
            all.add(in(first, AppManifests.common(TOKEN, load.git()).replace("fleet.git", namespace(first) + ".git")));
            for (int group = 0; group < automations; group++) {
                all.add(in(first, AppManifests.automation(group, "./group-" + group)));
            }
        }
        for (int app = 0; app < count; app++) {
            all.add(in(app, AppManifests.image(name(app), load.registry())));
            all.add(in(app, gitless(name(app), load.registry())));
        }
        return all;
    }

    private String in(int app, String manifest) {
        return manifest.replace("namespace: apps}", "namespace: " + namespace(app) + '}')
                .replaceAll("interval: \\w+", "interval: " + interval);
    }

    private static String gitless(String name, String registry) {
        return """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: %1$s, namespace: apps}
                spec: {type: OCIArtifactTag, url: "oci://%2$s/%1$s", insecure: true, filter: {semver: ">=1.0.0", limit: 1}, interval: 12h}
                ---
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: %1$s, namespace: apps}
                spec:
                  inputsFrom: [{kind: ResourceSetInputProvider, name: %1$s}]
                  resources:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: %1$s, namespace: apps}
                    data: {tag: "<< inputs.tag >>"}
                """.formatted(name, registry);
    }

    /** A webhook that names a tag. */
    public Load.Webhook webhook(URI webhooks, int app, String tag) {
        return new Load.Webhook(
                webhooks.resolve(Apps.hook(TOKEN, name(app), namespace(app))), AppManifests.webhook(name(app), tag));
    }
}
