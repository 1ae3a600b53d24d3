package dev.tidemark.renderer.domain.input;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.renderer.domain.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a provider stands and what it exports (flux-gitless 1.8, 1.11). */
public sealed interface ProviderState {

    /** Reason of a Ready condition: the API server would not have admitted it. */
    String INVALID_SPEC = "InvalidSpec";

    /** Reason of a Ready condition: all is well. */
    String SUCCEEDED = "ReconciliationSucceeded";

    /** How the evaluator says that a list is chosen and not all its digests are known. */
    String AWAITS_DIGESTS = "AwaitingDigests";

    /** How the evaluator says that nothing waits. */
    String NOTHING_WAITS = "Succeeded";

    /** What it exports; null while nothing is known, which is not the same as nothing. */
    @Nullable
    ExportedInputs inputs();

    /**
     * It exports what it selects.
     *
     * @param reason of the Ready condition; another one than of a success where something newer waits
     */
    record Exporting(ExportedInputs inputs, String reason, String message) implements ProviderState {
        Exporting(ExportedInputs inputs, String message) {
            this(inputs, SUCCEEDED, message);
        }
    }

    /** Nobody has looked yet, or the answer has not arrived. */
    record Waiting(String message) implements ProviderState {
        @Override
        public @Nullable ExportedInputs inputs() {
            return null;
        }
    }

    /** Looking failed and is tried again; it goes on exporting what it exported. */
    record Failing(@Nullable ExportedInputs inputs, String message) implements ProviderState {}

    /** Only a change of the provider helps. */
    record Refused(String reason, String message) implements ProviderState {
        @Override
        public @Nullable ExportedInputs inputs() {
            return null;
        }
    }

    /** Judges a provider by what it declares and what the log says about it. */
    static ProviderState of(Resource<ResourceSetInputProviderSpec> provider, ProviderFacts facts) {
        Map<String, Object> defaults =
                Objects.requireNonNullElse(provider.spec().defaultValues(), Map.of());
        if (provider.spec().type().equals("Static")) {
            return new Exporting(
                    ExportedInputs.ofStatic(provider.metadata().uid(), Json.object(defaults)),
                    "exports its default values");
        }
        ExportedInputs inputs = facts.selection() == null
                ? null
                : TagInputs.of(facts.selection().event().tags(), defaults);
        return switch (Feeds.ofProvider(provider)) {
            case Feeds.Outcome.NotARegistry other ->
                new Refused(INVALID_SPEC, "type " + other.type() + " is not served: use OCIArtifactTag or Static");
            case Feeds.Outcome.Invalid invalid
            when invalid.reason().equals(INVALID_SPEC) -> new Refused(INVALID_SPEC, invalid.message());
            case Feeds.Outcome.Invalid invalid -> new Failing(inputs, invalid.message());
            case Feeds.Outcome.Valid valid -> watched(provider, inputs, facts);
        };
    }

    private static ProviderState watched(
            Resource<ResourceSetInputProviderSpec> provider, @Nullable ExportedInputs inputs, ProviderFacts facts) {
        if (facts.failure() != null) {
            return new Failing(inputs, cause(provider, facts.failure()));
        }
        Event.PolicyDecided decision = facts.decision();
        if (decision != null && decision.outcome() == DecisionOutcome.INVALID) {
            return new Failing(inputs, decision.message());
        }
        if (inputs == null && decision == null && Feeds.isTooLarge(provider)) {
            return new Failing(
                    null,
                    "it declares more than " + Feeds.MAX_DECLARED_BYTES
                            + " bytes of filters and default values: shorten them");
        }
        return selected(provider.spec().filter(), inputs, decision);
    }

    private static ProviderState selected(
            ResourceSetInputProviderSpec.@Nullable Filter filter,
            @Nullable ExportedInputs inputs,
            Event.@Nullable PolicyDecided decision) {
        if (decision != null && decision.outcome() == DecisionOutcome.NOTHING_MATCHES) {
            ExportedInputs matching = inputs == null ? ExportedInputs.of(List.of()) : inputs;
            return new Exporting(matching, decision.message() + wanted(filter));
        }
        if (inputs == null) {
            return new Waiting(
                    decision != null && decision.reason().equals(AWAITS_DIGESTS)
                            ? decision.message()
                            : "waiting for the first selection");
        }
        // what waits is said by the evaluator, in a sentence that also says what is selected
        return decision != null
                        && decision.outcome() == DecisionOutcome.KEPT
                        && !decision.reason().equals(NOTHING_WAITS)
                ? new Exporting(inputs, decision.reason(), decision.message())
                : new Exporting(inputs, exports(inputs.inputs().size(), filter));
    }

    private static String exports(int tags, ResourceSetInputProviderSpec.@Nullable Filter filter) {
        return "exports " + tags + (tags == 1 ? " tag" : " tags")
                + (tags > 0 ? "" : ": no tag passes the filter" + wanted(filter));
    }

    /** What the filter asks for, so that a wrong one is seen. */
    private static String wanted(ResourceSetInputProviderSpec.@Nullable Filter filter) {
        if (filter == null) {
            return "";
        }
        StringBuilder wanted = new StringBuilder();
        append(wanted, "semver", filter.semver());
        append(wanted, "includeTag", filter.includeTag());
        append(wanted, "excludeTag", filter.excludeTag());
        return wanted.isEmpty() ? "" : " (" + wanted + ")";
    }

    private static void append(StringBuilder wanted, String member, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            wanted.append(wanted.isEmpty() ? "" : ", ")
                    .append(member)
                    .append(" '")
                    .append(value)
                    .append('\'');
        }
    }

    private static String cause(Resource<ResourceSetInputProviderSpec> provider, ScanFailed failure) {
        if (failure.reason() != Event.ScanFailure.AUTHENTICATION_FAILED) {
            return failure.message();
        }
        var secret = provider.spec().secretRef();
        return failure.message()
                + (secret == null
                        ? "; spec.secretRef names no Secret, so access is anonymous"
                        : "; check the credentials in Secret " + provider.namespace() + '/' + secret.name());
    }
}
