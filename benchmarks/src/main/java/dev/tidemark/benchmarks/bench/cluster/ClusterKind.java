package dev.tidemark.benchmarks.bench.cluster;

/** Kinds that have a status of ours. */
public enum ClusterKind {
    IMAGE_REPOSITORY("ImageRepository", "image.toolkit.fluxcd.io/v1"),
    IMAGE_POLICY("ImagePolicy", "image.toolkit.fluxcd.io/v1"),
    IMAGE_UPDATE_AUTOMATION("ImageUpdateAutomation", "image.toolkit.fluxcd.io/v1"),
    RECEIVER("Receiver", "notification.toolkit.fluxcd.io/v1"),
    RESOURCE_SET_INPUT_PROVIDER("ResourceSetInputProvider", "fluxcd.controlplane.io/v1"),
    RESOURCE_SET("ResourceSet", "fluxcd.controlplane.io/v1");

    private final String kind;
    private final String apiVersion;

    ClusterKind(String kind, String apiVersion) {
        this.kind = kind;
        this.apiVersion = apiVersion;
    }

    public String kind() {
        return kind;
    }

    String apiVersion() {
        return apiVersion;
    }
}
