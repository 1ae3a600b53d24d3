package dev.tidemark.evaluator.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.EventTooLargeException;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies that the resources declare, and what keeps the others from being declared.
 *
 * @param policies with sequence 0: the log gives the sequence
 * @param refusals why a resource declares nothing, in Flux's words
 * @param faults what was thrown where one could not be read; it is refused, too
 */
public record WantedPolicies(
        List<PolicyDeclared> policies, Map<ResourceId, Refusal> refusals, Map<ResourceId, Throwable> faults) {

    private static final String OUR_ANNOTATIONS = "tidemark.dev/";
    /** A new value asks for another check, also of a digest. */
    static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private static final String NEVER = "Never";

    private static final String PROVIDER = "fluxcd.controlplane.io/";

    /** {@code reconcileEvery: 0s}: webhooks and requests still count. */
    private static final Duration NEVER_BY_ITSELF = Duration.ofDays(365);

    /** @param stalled only an edit helps; otherwise it may come right by itself */
    public record Refusal(String reason, String message, boolean stalled) {}

    private sealed interface Outcome {
        record Declares(PolicyDeclared policy) implements Outcome {}

        record Refuses(Refusal refusal) implements Outcome {}

        record NotOurs() implements Outcome {}
    }

    /**
     * What is refused keeps the selection that it had: its declaration stays, suspended.
     *
     * @param cluster of the targets
     */
    public Set<Target> refused(String cluster) {
        return refusals.keySet().stream()
                .filter(id -> Stream.of(id.namespace(), id.name()).noneMatch(WantedPolicies::isNoPart))
                .map(id -> new Target(cluster, id.kind(), id.namespace(), id.name()))
                .collect(Collectors.toSet());
    }

    /** Of a target's text. */
    private static boolean isNoPart(String text) {
        return text.isEmpty() || text.indexOf('/') >= 0 || text.indexOf('|') >= 0;
    }

    public static WantedPolicies of(ResourceSnapshot resources, String cluster) {
        List<PolicyDeclared> policies = new ArrayList<>();
        Map<ResourceId, Refusal> refusals = new LinkedHashMap<>();
        Map<ResourceId, Throwable> faults = new LinkedHashMap<>();
        for (Resource<ImagePolicySpec> policy : resources.all(Kinds.IMAGE_POLICY)) {
            take(policy.id(), () -> imagePolicy(policy, resources, cluster), policies, refusals, faults);
        }
        for (Resource<ResourceSetInputProviderSpec> provider : resources.all(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            take(provider.id(), () -> provider(provider, cluster), policies, refusals, faults);
        }
        return new WantedPolicies(List.copyOf(policies), refusals, faults);
    }

    /** What one resource says can only fail that resource. */
    private static void take(
            ResourceId id,
            Supplier<Outcome> reading,
            List<PolicyDeclared> policies,
            Map<ResourceId, Refusal> refusals,
            Map<ResourceId, Throwable> faults) {
        Outcome outcome;
        try {
            outcome = reading.get();
        } catch (RuntimeException | StackOverflowError fault) {
            faults.put(id, fault);
            outcome = refuse("Failed", "cannot be read: " + FaultText.of(fault), true);
        }
        switch (outcome) {
            case Outcome.Declares(PolicyDeclared declared)
            when isTooLarge(declared) ->
                refusals.put(
                        id,
                        new Refusal(
                                "InvalidPolicy",
                                "it declares more than " + Feeds.MAX_DECLARED_BYTES
                                        + " bytes of patterns, annotations and values: shorten them",
                                true));
            case Outcome.Declares(PolicyDeclared declared) -> policies.add(declared);
            case Outcome.Refuses(Refusal refusal) -> refusals.put(id, refusal);
            case Outcome.NotOurs none -> {}
        }
    }

    private static boolean isTooLarge(PolicyDeclared declared) {
        try {
            return EventCodec.encode(Envelope.first(declared, PolicyEvaluation.SOURCE, Instant.EPOCH)).length
                    > Feeds.MAX_DECLARED_BYTES;
        } catch (EventTooLargeException far) {
            return true;
        }
    }

    /** What is wrong with a provider is said by whoever serves providers. */
    private static Outcome provider(Resource<ResourceSetInputProviderSpec> provider, String cluster) {
        return Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                ? new Outcome.Declares(provider(provider, valid.feed(), cluster))
                : new Outcome.NotOurs();
    }

    private static Outcome imagePolicy(Resource<ImagePolicySpec> policy, ResourceSnapshot resources, String cluster) {
        ImagePolicySpec.RepositoryRef ref = policy.spec().imageRepositoryRef();
        String namespace = ref.namespace() == null || ref.namespace().isEmpty() ? policy.namespace() : ref.namespace();
        Optional<Resource<ImageRepositorySpec>> repository =
                resources.find(Kinds.IMAGE_REPOSITORY, namespace, ref.name());
        if (repository.isEmpty()) {
            return refuse(
                    "DependencyNotReady",
                    "failed to get the referred ImageRepository: referenced ImageRepository does not exist: "
                            + "imagerepositories.image.toolkit.fluxcd.io \"" + ref.name()
                            + "\" not found in namespace \""
                            + namespace + "\"",
                    false);
        }
        Optional<String> denied = RepositoryAccess.denial(policy.namespace(), repository.get(), resources);
        if (denied.isPresent()) {
            return refuse(
                    "AccessDenied",
                    "failed to get the referred ImageRepository: access denied: " + denied.get(),
                    false);
        }
        return switch (Feeds.ofRepository(repository.get())) {
            case Feeds.Outcome.Invalid(String reason, String message) -> refuse(reason, message, true);
            case Feeds.Outcome.NotARegistry other -> refuse("ImageURLInvalid", other.type() + " has no tags", true);
            case Feeds.Outcome.Valid valid ->
                new Outcome.Declares(declared(policy, repository.get().spec(), valid.feed(), cluster));
        };
    }

    private static Outcome refuse(String reason, String message, boolean stalled) {
        return new Outcome.Refuses(new Refusal(reason, message, stalled));
    }

    private static PolicyDeclared declared(
            Resource<ImagePolicySpec> policy, ImageRepositorySpec repository, Feed feed, String cluster) {
        ImagePolicySpec spec = policy.spec();
        return new PolicyDeclared(
                feed.image(),
                new Target(cluster, policy.kind().name(), policy.namespace(), policy.name()),
                feed,
                repository.image(),
                rule(spec.policy()),
                filter(spec.filterTags()),
                spec.digestReflectionPolicy() == null ? NEVER : spec.digestReflectionPolicy(),
                repository.effectiveExclusionList(),
                ours(policy.metadata().annotations()),
                policy.metadata().uid(),
                policy.metadata().resourceVersion(),
                0,
                spec.suspend(),
                spec.interval(),
                null,
                null);
    }

    private static PolicyRule rule(ImagePolicySpec.Choice choice) {
        if (choice.semver() != null) {
            return new PolicyRule.Semver(choice.semver().range());
        }
        if (choice.alphabetical() != null) {
            return new PolicyRule.Alphabetical(orEmpty(choice.alphabetical().order()));
        }
        return choice.numerical() == null
                ? new PolicyRule.Missing()
                : new PolicyRule.Numerical(orEmpty(choice.numerical().order()));
    }

    private static TagFilter filter(ImagePolicySpec.@Nullable FilterTags filter) {
        return filter == null ? TagFilter.NONE : new TagFilter(orEmpty(filter.pattern()), orEmpty(filter.extract()));
    }

    private static PolicyDeclared provider(Resource<ResourceSetInputProviderSpec> provider, Feed feed, String cluster) {
        ResourceSetInputProviderSpec.Filter filter = provider.spec().filter();
        var rule = filter == null
                ? new PolicyRule.TagList(null, null, null, 0, defaults(provider.spec()))
                : new PolicyRule.TagList(
                        last(filter.includeBranch(), filter.includeTag(), filter.includeEnvironment()),
                        last(filter.excludeBranch(), filter.excludeTag(), filter.excludeEnvironment()),
                        filter.semver(),
                        filter.limit(),
                        defaults(provider.spec()));
        return new PolicyDeclared(
                feed.image(),
                new Target(cluster, provider.kind().name(), provider.namespace(), provider.name()),
                feed,
                feed.image().text(),
                rule,
                TagFilter.NONE,
                NEVER,
                List.of(),
                ours(provider.metadata().annotations()),
                provider.metadata().uid(),
                provider.metadata().resourceVersion(),
                0,
                provider.annotation(PROVIDER + "reconcile").equalsIgnoreCase("disabled"),
                interval(provider),
                null,
                null);
    }

    /** How often the digests of what it exports are checked: as often as the registry is polled (flux-gitless 1.12). */
    private static Duration interval(Resource<ResourceSetInputProviderSpec> provider) {
        Duration otherwise = provider.spec().interval() == null
                ? ResourceSetInputProviderSpec.DEFAULT_INTERVAL
                : provider.spec().interval();
        // an unreadable annotation counts as absent
        Duration interval = GoDuration.read(provider.annotation(PROVIDER + "reconcileEvery"))
                .orElse(otherwise);
        return interval.isPositive() ? interval : NEVER_BY_ITSELF;
    }

    private static Map<String, Object> defaults(ResourceSetInputProviderSpec spec) {
        return spec.defaultValues() == null ? Map.of() : new TreeMap<>(spec.defaultValues());
    }

    /** One slot each: branch, then tag, then environment, later ones overwriting (flux-gitless 1.7). */
    private static @Nullable String last(@Nullable String branch, @Nullable String tag, @Nullable String environment) {
        if (environment != null && !environment.isEmpty()) {
            return environment;
        }
        return tag != null && !tag.isEmpty() ? tag : branch;
    }

    private static Map<String, String> ours(Map<String, String> annotations) {
        Map<String, String> ours = new TreeMap<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(OUR_ANNOTATIONS) || name.equals(REQUESTED_AT)) {
                ours.put(name, value);
            }
        });
        return ours;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
