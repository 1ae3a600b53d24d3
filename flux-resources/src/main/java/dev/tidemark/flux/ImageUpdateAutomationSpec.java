package dev.tidemark.flux;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ImageUpdateAutomation {@code spec} (flux-git-based 6.1). */
public record ImageUpdateAutomationSpec(
        SourceRef sourceRef,
        @Nullable Git git,
        Duration interval,
        @Nullable LabelSelector policySelector,
        @Nullable Update update,
        boolean suspend) {

    /** @param namespace that of the automation when absent */
    public record SourceRef(
            @Nullable String kind, String name, @Nullable String namespace) {}

    public record Git(
            @Nullable Checkout checkout,
            Commit commit,
            @Nullable Push push) {}

    public record Checkout(GitRef ref) {}

    public record Commit(
            Author author,
            @Nullable SigningKey signingKey,
            @Nullable String messageTemplate,
            @Nullable Map<String, String> messageTemplateValues) {}

    public record Author(String email, @Nullable String name) {}

    public record SigningKey(
            @Nullable LocalRef secretRef, @Nullable String type) {}

    public record Push(
            @Nullable String branch,
            @Nullable String refspec,
            @Nullable Map<String, String> options) {}

    public record Update(
            @Nullable String strategy, @Nullable String path) {}
}
