package dev.tidemark.flux.status;

import dev.tidemark.flux.Kinds;
import java.util.Map;

/** Which service says something of which kind: one each. */
public final class StatusWriters {

    private static final Map<String, String> SERVICES = Map.of(
            Kinds.IMAGE_REPOSITORY.name(), "registry-watcher",
            Kinds.RECEIVER.name(), "registry-watcher",
            Kinds.IMAGE_POLICY.name(), "policy-evaluator",
            Kinds.IMAGE_UPDATE_AUTOMATION.name(), "git-committer",
            Kinds.RESOURCE_SET.name(), "gitless-renderer",
            Kinds.RESOURCE_SET_INPUT_PROVIDER.name(), "gitless-renderer");

    private StatusWriters() {}

    /** The name of the service; of a kind that none says anything of, the name of the product. */
    public static String of(String kind) {
        return SERVICES.getOrDefault(kind, "tidemark");
    }

    /** Under which name a cluster knows who wrote what of a kind: {@code tidemark-registry-watcher}. */
    public static String fieldOwner(String kind) {
        return SERVICES.containsKey(kind) ? "tidemark-" + of(kind) : of(kind);
    }
}
