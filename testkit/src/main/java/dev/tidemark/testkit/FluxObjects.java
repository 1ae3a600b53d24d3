package dev.tidemark.testkit;

import java.net.URI;

/**
 * Manifests of Flux's kinds as tests write them that want a whole chain: what matters to none of them is said here, once.
 * Members that matter are given as they stand in YAML's braces.
 */
public final class FluxObjects {

    /** Whose commits they are. */
    public static final String COMMIT = "commit: {author: {name: bot, email: bot@example.org}}";

    private static final String IMAGE = "image.toolkit.fluxcd.io/v1";
    private static final String SOURCE = "source.toolkit.fluxcd.io/v1";

    private final String namespace;
    private final StringBuilder text = new StringBuilder();
    private String interval = "1h";

    private FluxObjects(String namespace) {
        this.namespace = namespace;
    }

    public static FluxObjects in(String namespace) {
        return new FluxObjects(namespace);
    }

    /** The interval of what comes next; an hour before. */
    public FluxObjects every(String time) {
        interval = time;
        return this;
    }

    /** Of a registry without TLS. */
    public FluxObjects imageRepository(String name, String image) {
        return object(
                IMAGE, "ImageRepository", name, "image: \"" + image + "\", insecure: true, interval: " + interval);
    }

    /** The newest {@code 1.x} of the ImageRepository with the same name. */
    public FluxObjects imagePolicy(String name) {
        return imagePolicy(name, name, "policy: {semver: {range: 1.x}}");
    }

    public FluxObjects imagePolicy(String name, String repository, String members) {
        return object(IMAGE, "ImagePolicy", name, "imageRepositoryRef: {name: " + repository + "}, " + members);
    }

    /** Of its branch {@code main}. */
    public FluxObjects gitRepository(String name, URI url) {
        return object(
                SOURCE, "GitRepository", name, "url: \"" + url + "\", ref: {branch: main}, interval: " + interval);
    }

    /**
     * One that works on all files of a GitRepository.
     *
     * @param git members of {@code spec.git}
     */
    public FluxObjects automation(String name, String repository, String git) {
        return object(
                IMAGE,
                "ImageUpdateAutomation",
                name,
                "interval: " + interval + ", sourceRef: {kind: GitRepository, name: " + repository + "}, git: {" + git
                        + "}");
    }

    private FluxObjects object(String version, String kind, String name, String spec) {
        text.append("""
                ---
                apiVersion: %s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(version, kind, name, namespace, spec));
        return this;
    }

    /** All of them, as one file. */
    public String text() {
        return text.toString();
    }
}
