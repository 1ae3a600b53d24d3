package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.schema.Shape.Broken;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
    private static final Set<String> CLOUD_REGISTRIES = Set.of("ACRArtifactTag", "ECRArtifactTag", "GARArtifactTag");
    private static final Pattern REPOSITORY = Pattern.compile("^oci://[^/]+/.");
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
        if (!url.startsWith(scheme)) {
            return broken(
                    "url",
                    "of type " + type + " has to begin with "
                            + (scheme.equals("http") ? "https:// or http://" : scheme));
        }
        if (oci && !REPOSITORY.matcher(url).find()) {
            return broken("url", "names no repository: write for example oci://ghcr.io/my-org/my-app");
        }
        boolean plain = url.startsWith("http://") && !provider.path("insecure").asBoolean();
        return when(
                plain && type.equals("ExternalService"), "url", "has to begin with https://, or set insecure to true");
    };

    static final Shape.Rule ACCOUNT_GOES_WITH_THE_TYPE = provider -> {
        String type = type(provider);
        boolean takes = type.isEmpty()
                || type.equals(EXTERNAL_ARTIFACT)
                || type.endsWith("ArtifactTag")
                || type.startsWith("AzureDevOps")
                || type.startsWith("AWSCodeCommit");
        return when(
                isSet(provider, "serviceAccountName") && !takes,
                "serviceAccountName",
                "does not go with type " + type + ": remove it");
    };

    static final Shape.Rule SECRET_GOES_WITH_THE_TYPE = provider -> {
        String type = type(provider);
        return when(
                provider.hasNonNull("secretRef") && logsInByItself(type),
                "secretRef",
                "does not go with type " + type + ": remove it");
    };

    static final Shape.Rule CERTIFICATE_GOES_WITH_THE_TYPE = provider -> {
        String type = type(provider);
        return when(
                provider.hasNonNull("certSecretRef") && (logsInByItself(type) || type.startsWith("AzureDevOps")),
                "certSecretRef",
                "does not go with type " + type + ": remove it");
    };

    static final Shape.Rule NAME_OR_LABELS = selector -> when(
            isSet(selector, "name") && (selector.hasNonNull("matchLabels") || selector.hasNonNull("matchExpressions")),
            "",
            "has either name or matchLabels and matchExpressions");

    static final Shape.Rule STEPS_HAVE_NAMES_OF_THEIR_OWN = set -> {
        Set<String> names = new HashSet<>();
        for (JsonNode step : set.path("steps")) {
            String name = step.path("name").asText();
            if (!name.isEmpty() && !names.add(name)) {
                return broken("steps", "has two steps '" + name + "': give each a name of its own");
            }
        }
        return Optional.empty();
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

    /** With a cloud's own identity, or without anything to log in to. */
    private static boolean logsInByItself(String type) {
        return WITHOUT_URL.contains(type) || CLOUD_REGISTRIES.contains(type) || type.startsWith("AWSCodeCommit");
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
