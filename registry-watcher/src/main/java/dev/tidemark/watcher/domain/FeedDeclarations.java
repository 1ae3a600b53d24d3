package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import java.util.Map;

/** How the two kinds of resources that name feeds say it. */
final class FeedDeclarations {

    private static final String RECONCILE = "fluxcd.controlplane.io/reconcile";
    private static final String RECONCILE_EVERY = "fluxcd.controlplane.io/reconcileEvery";
    private static final String RECONCILE_TIMEOUT = "fluxcd.controlplane.io/reconcileTimeout";

    /** Flux's floor for a timeout (flux-git-based 4.1); also ours for an interval, a busy loop serves nobody. */
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private static final Duration PROVIDER_TIMEOUT = Duration.ofMinutes(2);

    /** "Never by itself" ({@code reconcileEvery: 0s}): webhooks and requests still count. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private FeedDeclarations() {}

    static FeedDeclaration ofRepository(Resource<ImageRepositorySpec> repository) {
        return switch (Feeds.ofRepository(repository)) {
            case Feeds.Outcome.Valid(Feed feed, AccessProfile access)
            when repository.spec().suspend() -> new FeedDeclaration.Suspended(feed);
            case Feeds.Outcome.Valid(Feed feed, AccessProfile access) -> {
                Duration interval = atLeastFloor(repository.spec().interval());
                Duration timeout = repository.spec().timeout();
                yield watched(feed, access, interval, timeout == null ? interval : atLeastFloor(timeout), repository);
            }
            case Feeds.Outcome.Invalid(String reason, String message) -> new FeedDeclaration.Invalid(reason, message);
            case Feeds.Outcome.NotARegistry none -> throw new IllegalStateException("an image is a registry's");
        };
    }

    static FeedDeclaration ofProvider(Resource<ResourceSetInputProviderSpec> provider) {
        if (!(Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid(Feed feed, AccessProfile access))) {
            return new FeedDeclaration.None();
        }
        return provider.annotation(RECONCILE).equalsIgnoreCase("disabled")
                ? new FeedDeclaration.Suspended(feed)
                : watched(feed, access, interval(provider), timeout(provider), provider);
    }

    private static FeedDeclaration watched(
            Feed feed, AccessProfile access, Duration interval, Duration timeout, Resource<?> resource) {
        return new FeedDeclaration.Watched(new WatchedFeed(
                feed,
                access,
                interval,
                timeout,
                Map.of(resource.id(), resource.metadata().generation()),
                Map.of(resource.id(), resource.annotation(ReconcileAnnotations.REQUESTED_AT))));
    }

    /**
     * The annotation, else {@code spec.interval}, else ten minutes (flux-gitless 0.1, 1.12). An annotation that is no
     * duration counts as absent; zero or less means never by itself.
     */
    private static Duration interval(Resource<ResourceSetInputProviderSpec> provider) {
        Duration otherwise = provider.spec().interval() == null
                ? ResourceSetInputProviderSpec.DEFAULT_INTERVAL
                : provider.spec().interval();
        Duration interval =
                GoDuration.read(provider.annotation(RECONCILE_EVERY)).orElse(otherwise);
        return interval.isPositive() ? atLeastFloor(interval) : NEVER;
    }

    private static Duration timeout(Resource<ResourceSetInputProviderSpec> provider) {
        return atLeastFloor(
                GoDuration.read(provider.annotation(RECONCILE_TIMEOUT)).orElse(PROVIDER_TIMEOUT));
    }

    private static Duration atLeastFloor(Duration duration) {
        return duration.compareTo(FLOOR) < 0 ? FLOOR : duration;
    }
}
