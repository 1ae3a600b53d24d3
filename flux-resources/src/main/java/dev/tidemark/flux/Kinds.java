package dev.tidemark.flux;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds that Tidemark knows, with every API version that it serves (flux-git-based 2.1, flux-gitless 0). */
public final class Kinds {

    private static final String IMAGE = "image.toolkit.fluxcd.io";
    private static final String OPERATOR = "fluxcd.controlplane.io";
    private static final String NOTIFICATION = "notification.toolkit.fluxcd.io";
    private static final List<String> NOTIFICATION_VERSIONS = List.of("v1beta3", "v1beta2");
    private static final List<String> IMAGE_VERSIONS = List.of("v1", "v1beta2", "v1beta1");

    public static final Kind<ImageRepositorySpec> IMAGE_REPOSITORY = new Kind<>(
            "ImageRepository",
            IMAGE,
            IMAGE_VERSIONS,
            "imagerepositories",
            List.of("imgrepo", "imagerepo"),
            ImageRepositorySpec.class,
            "spec");

    public static final Kind<ImagePolicySpec> IMAGE_POLICY = new Kind<>(
            "ImagePolicy",
            IMAGE,
            IMAGE_VERSIONS,
            "imagepolicies",
            List.of("imgpol", "imagepol"),
            ImagePolicySpec.class,
            "spec");

    public static final Kind<ImageUpdateAutomationSpec> IMAGE_UPDATE_AUTOMATION = new Kind<>(
            "ImageUpdateAutomation",
            IMAGE,
            IMAGE_VERSIONS,
            "imageupdateautomations",
            List.of("iua", "imgupd", "imgauto"),
            ImageUpdateAutomationSpec.class,
            "spec");

    public static final Kind<GitRepositorySpec> GIT_REPOSITORY = new Kind<>(
            "GitRepository",
            "source.toolkit.fluxcd.io",
            List.of("v1", "v1beta2", "v1beta1"),
            "gitrepositories",
            List.of("gitrepo"),
            GitRepositorySpec.class,
            "spec");

    public static final Kind<ReceiverSpec> RECEIVER = new Kind<>(
            "Receiver",
            NOTIFICATION,
            List.of("v1", "v1beta2", "v1beta1"),
            "receivers",
            List.of(),
            ReceiverSpec.class,
            "spec");

    public static final Kind<AlertSpec> ALERT =
            new Kind<>("Alert", NOTIFICATION, NOTIFICATION_VERSIONS, "alerts", List.of(), AlertSpec.class, "spec");

    public static final Kind<ProviderSpec> PROVIDER = new Kind<>(
            "Provider", NOTIFICATION, NOTIFICATION_VERSIONS, "providers", List.of(), ProviderSpec.class, "spec");

    public static final Kind<ResourceSetSpec> RESOURCE_SET = new Kind<>(
            "ResourceSet", OPERATOR, List.of("v1"), "resourcesets", List.of("rset"), ResourceSetSpec.class, "spec");

    public static final Kind<ResourceSetInputProviderSpec> RESOURCE_SET_INPUT_PROVIDER = new Kind<>(
            "ResourceSetInputProvider",
            OPERATOR,
            List.of("v1"),
            "resourcesetinputproviders",
            List.of("rsip"),
            ResourceSetInputProviderSpec.class,
            "spec");

    public static final Kind<SecretContent> SECRET =
            new Kind<>("Secret", "", List.of("v1"), "secrets", List.of(), SecretContent.class, "");

    public static final Kind<ServiceAccountContent> SERVICE_ACCOUNT = new Kind<>(
            "ServiceAccount", "", List.of("v1"), "serviceaccounts", List.of("sa"), ServiceAccountContent.class, "");

    public static final Kind<NamespaceContent> NAMESPACE =
            new Kind<>("Namespace", "", List.of("v1"), "namespaces", List.of("ns"), NamespaceContent.class, "");

    private static final List<Kind<?>> ALL = List.of(
            IMAGE_REPOSITORY,
            IMAGE_POLICY,
            IMAGE_UPDATE_AUTOMATION,
            GIT_REPOSITORY,
            RECEIVER,
            ALERT,
            PROVIDER,
            RESOURCE_SET,
            RESOURCE_SET_INPUT_PROVIDER,
            SECRET,
            SERVICE_ACCOUNT,
            NAMESPACE);

    /** Flux's own, whose definitions Tidemark does not bring along: a cluster that lacks them lacks nothing. */
    private static final Set<Kind<?>> OPTIONAL = Set.of(ALERT, PROVIDER);

    private Kinds() {}

    /** Whether a cluster may well not know the kind. */
    public static boolean isOptional(Kind<?> kind) {
        return OPTIONAL.contains(kind);
    }

    public static List<Kind<?>> all() {
        return ALL;
    }

    /** The kind of an object, if it is one that Tidemark knows, in a version that it serves. */
    public static Optional<Kind<?>> of(String apiVersion, String kind) {
        return ALL.stream()
                .filter(k -> k.name().equals(kind) && k.serves(apiVersion))
                .findFirst();
    }
}
