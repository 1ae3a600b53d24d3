package dev.tidemark.evaluation.declare;

import dev.tidemark.evaluation.DigestRule;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.policies.inputs.PatternSlot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ResourceSetInputProvider as the log declares it: a policy whose selection is a list. */
final class ProviderReader {

    private static final String PROVIDER = "fluxcd.controlplane.io/";

    /** {@code reconcileEvery: 0s}: webhooks and requests still count. */
    private static final Duration NEVER_BY_ITSELF = Duration.ofDays(365);

    private ProviderReader() {}

    /** What is wrong with a provider is said by whoever serves providers. */
    static WantedPolicy read(Resource<ResourceSetInputProviderSpec> provider, String cluster) {
        return Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                ? new WantedPolicy.Declares(declared(provider, valid.feed(), cluster))
                : new WantedPolicy.Nothing();
    }

    private static PolicyDeclared declared(Resource<ResourceSetInputProviderSpec> provider, Feed feed, String cluster) {
        ResourceSetInputProviderSpec.Filter filter = provider.spec().filter();
        var rule = filter == null
                ? new PolicyRule.TagList(null, null, null, 0, defaults(provider.spec()))
                : new PolicyRule.TagList(
                        PatternSlot.last(filter.includeBranch(), filter.includeTag(), filter.includeEnvironment()),
                        PatternSlot.last(filter.excludeBranch(), filter.excludeTag(), filter.excludeEnvironment()),
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
                DigestRule.NEVER,
                List.of(),
                ImagePolicyReader.ours(provider.metadata().annotations()),
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
}
