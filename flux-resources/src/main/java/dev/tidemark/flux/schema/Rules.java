package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.schema.Shape.Broken;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the definitions demand between members (flux-git-based 5.1; flux-gitless 1.2, 2.1). */
final class Rules {

    /** All types of input providers (flux-gitless 1.3). */
    static final String[] PROVIDER_TYPES = {
        "OCIArtifactTag",
        "ACRArtifactTag",
        "ECRArtifactTag",
        "GARArtifactTag",
        "Static",
        "ExternalService",
        "ExternalArtifact",
        "GitHubTag",
        "GitHubBranch",
        "GitHubPullRequest",
        "GitLabTag",
        "GitLabBranch",
        "GitLabMergeRequest",
        "GitLabEnvironment",
        "GiteaTag",
        "GiteaBranch",
        "GiteaPullRequest",
        "AzureDevOpsTag",
        "AzureDevOpsBranch",
        "AzureDevOpsPullRequest",
        "AWSCodeCommitTag",
        "AWSCodeCommitBranch",
        "AWSCodeCommitPullRequest"
    };

    private static final Set<String> WITHOUT_URL = Set.of("Static", "ExternalArtifact");
    private static final Set<String> PLAIN_HTTP = Set.of("OCIArtifactTag", "ExternalService");
    private static final String EXTERNAL_ARTIFACT = "ExternalArtifact";

    static final Shape.Rule INTERVAL_GOES_WITH_ALWAYS = policy -> {
        boolean always = policy.path("digestReflectionPolicy").asText().equals("Always");
        if (policy.hasNonNull("interval") == always) {
            return Optional.empty();
        }
        return broken(
                "interval",
                always
                        ? "must be set when spec.digestReflectionPolicy is set to 'Always'"
                        : "is only accepted when spec.digestReflectionPolicy is set to 'Always'");
    };

    static final Shape.Rule URL_GOES_WITH_THE_TYPE = provider -> {
        String type = type(provider);
        String url = provider.path("url").asText();
        if (type.isEmpty() || WITHOUT_URL.contains(type)) {
            return when(!url.isEmpty(), "url", "does not go with type " + type + ": remove it");
        }
        if (url.isEmpty()) {
            return broken("url", "is required for type " + type);
        }
        boolean oci = type.endsWith("ArtifactTag");
        String scheme = oci ? "oci://" : type.startsWith("AWSCodeCommit") ? "https://" : "http";
        return when(
                !url.startsWith(scheme),
                "url",
                "of type " + type + " has to begin with " + (scheme.equals("http") ? "https:// or http://" : scheme));
    };

    static final Shape.Rule SELECTORS_GO_WITH_THE_TYPE = provider -> {
        boolean external = type(provider).equals(EXTERNAL_ARTIFACT);
        boolean selects = provider.path("selectors").size() > 0;
        return when(
                external != selects,
                "selectors",
                external
                        ? "needs at least one entry for type ExternalArtifact"
                        : "goes with type ExternalArtifact only");
    };

    static final Shape.Rule INSECURE_GOES_WITH_THE_TYPE = provider -> when(
            provider.path("insecure").asBoolean() && !PLAIN_HTTP.contains(type(provider)),
            "insecure",
            "goes with the types OCIArtifactTag and ExternalService only");

    static final Shape.Rule SOMETHING_IS_RENDERED = set -> when(
            !set.hasNonNull("resources") && !set.hasNonNull("resourcesTemplate") && !set.hasNonNull("steps"),
            "",
            "needs resources, resourcesTemplate or steps");

    static final Shape.Rule STEPS_STAND_ALONE = set -> when(
            set.hasNonNull("steps") && (set.hasNonNull("resources") || set.hasNonNull("resourcesTemplate")),
            "steps",
            "does not go together with resources or resourcesTemplate");

    static final Shape.Rule A_STEP_HAS_RESOURCES = step -> when(
            !step.hasNonNull("resources") && !step.hasNonNull("resourcesTemplate"),
            "",
            "needs resources or resourcesTemplate");

    static final Shape.Rule NAME_OR_SELECTOR = reference ->
            when(isSet(reference, "name") == isSet(reference, "selector"), "", "needs either name or selector");

    static final Shape.Rule EMPTY_PROVIDERS_GO_WITH_PERMUTE = strategy -> when(
            strategy.path("includeEmptyProviders").asBoolean()
                    && !strategy.path("name").asText().equals("Permute"),
            "includeEmptyProviders",
            "goes with the strategy Permute only");

    private Rules() {}

    private static boolean isSet(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return object.hasNonNull(member)
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private static String type(JsonNode provider) {
        String type = provider.path("type").asText();
        Predicate<String> known = Set.of(PROVIDER_TYPES)::contains;
        return known.test(type) ? type : "";
    }

    private static Optional<Broken> when(boolean wrong, String member, String problem) {
        return wrong ? broken(member, problem) : Optional.empty();
    }

    private static Optional<Broken> broken(String member, String problem) {
        return Optional.of(new Broken(member, problem));
    }
}
