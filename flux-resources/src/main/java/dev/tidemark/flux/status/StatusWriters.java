package dev.tidemark.flux.status;

import dev.tidemark.flux.ImagePolicyStatus;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageUpdateAutomationStatus;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.ResourceSetInputProviderStatus;
import dev.tidemark.flux.ResourceSetStatus;
import java.util.Map;
import java.util.Optional;

/** Which service says something of which kind: one each. */
public final class StatusWriters {

    private static final Map<String, String> SERVICES = Map.of(
            Kinds.IMAGE_REPOSITORY.name(), "registry-watcher",
            Kinds.RECEIVER.name(), "registry-watcher",
            Kinds.IMAGE_POLICY.name(), "policy-evaluator",
            Kinds.IMAGE_UPDATE_AUTOMATION.name(), "git-committer",
            Kinds.RESOURCE_SET.name(), "gitless-renderer",
            Kinds.RESOURCE_SET_INPUT_PROVIDER.name(), "gitless-renderer");

    private static final Map<Kind<?>, Class<?>> TYPES = Map.of(
            Kinds.IMAGE_REPOSITORY, ImageRepositoryStatus.class,
            Kinds.IMAGE_POLICY, ImagePolicyStatus.class,
            Kinds.IMAGE_UPDATE_AUTOMATION, ImageUpdateAutomationStatus.class,
            Kinds.RECEIVER, ReceiverStatus.class,
            Kinds.RESOURCE_SET, ResourceSetStatus.class,
            Kinds.RESOURCE_SET_INPUT_PROVIDER, ResourceSetInputProviderStatus.class);

    private StatusWriters() {}

    /** The record of a kind's status; empty for a kind that none says anything of. */
    public static Optional<Class<?>> type(Kind<?> kind) {
        return Optional.ofNullable(TYPES.get(kind));
    }

    /** The name of the service; of a kind that none says anything of, the name of the product. */
    public static String of(String kind) {
        return SERVICES.getOrDefault(kind, "tidemark");
    }

    /** Under which name a cluster knows who wrote what of a kind: {@code tidemark-registry-watcher}. */
    public static String fieldOwner(String kind) {
        return SERVICES.containsKey(kind) ? "tidemark-" + of(kind) : of(kind);
    }
}
