package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be watched, from everything that is declared.
 *
 * @param feeds by feed
 * @param invalid ImageRepositories that name no image, with what is wrong
 */
public record Watchlist(Map<Feed, WatchedFeed> feeds, Map<ResourceId, Feeds.Outcome.Invalid> invalid) {

    public static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";
    private static final String RECONCILE = "fluxcd.controlplane.io/reconcile";
    private static final String RECONCILE_EVERY = "fluxcd.controlplane.io/reconcileEvery";
    private static final String RECONCILE_TIMEOUT = "fluxcd.controlplane.io/reconcileTimeout";

    /** Flux's floor for a timeout (flux-git-based 4.1); also ours for an interval, a busy loop serves nobody. */
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private static final Duration PROVIDER_TIMEOUT = Duration.ofMinutes(2);

    /** "Never by itself" ({@code reconcileEvery: 0s}): webhooks and requests still count. */
    private static final Duration NEVER = Duration.ofDays(3650);

    public static Watchlist of(ResourceSnapshot snapshot) {
        Map<Feed, WatchedFeed> feeds = new TreeMap<>();
        Map<ResourceId, Feeds.Outcome.Invalid> invalid = new HashMap<>();
        for (Resource<ImageRepositorySpec> repository : snapshot.all(Kinds.IMAGE_REPOSITORY)) {
            try {
                add(feeds, invalid, repository);
            } catch (RuntimeException fault) {
                // Whatever one resource says can fail that resource only.
                invalid.put(
                        repository.id(),
                        new Feeds.Outcome.Invalid(
                                "ImageURLInvalid",
                                "'" + repository.spec().image() + "' cannot be watched: " + fault.getMessage()));
            }
        }
        for (Resource<ResourceSetInputProviderSpec> provider : snapshot.all(Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            boolean disabled = provider.annotation(RECONCILE).equalsIgnoreCase("disabled");
            if (!disabled
                    && Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid(Feed feed, AccessProfile access)) {
                add(feeds, feed, access, interval(provider), providerTimeout(provider), provider);
            }
        }
        return new Watchlist(feeds, invalid);
    }

    private static void add(
            Map<Feed, WatchedFeed> feeds,
            Map<ResourceId, Feeds.Outcome.Invalid> invalid,
            Resource<ImageRepositorySpec> repository) {
        switch (Feeds.ofRepository(repository)) {
            case Feeds.Outcome.Valid(Feed feed, AccessProfile access) -> {
                if (!repository.spec().suspend()) {
                    Duration interval = atLeastFloor(repository.spec().interval());
                    Duration timeout = repository.spec().timeout();
                    add(feeds, feed, access, interval, timeout == null ? interval : atLeastFloor(timeout), repository);
                }
            }
            case Feeds.Outcome.Invalid wrong -> invalid.put(repository.id(), wrong);
            case Feeds.Outcome.NotARegistry none -> throw new IllegalStateException("an image is a registry's");
        }
    }

    private static void add(
            Map<Feed, WatchedFeed> feeds,
            Feed feed,
            AccessProfile access,
            Duration interval,
            Duration timeout,
            Resource<?> resource) {
        WatchedFeed one = new WatchedFeed(
                feed,
                access,
                interval,
                timeout,
                Map.of(resource.id(), resource.metadata().generation()),
                Map.of(resource.id(), resource.annotation(REQUESTED_AT)));
        feeds.merge(feed, one, Watchlist::both);
    }

    private static WatchedFeed both(WatchedFeed a, WatchedFeed b) {
        Map<ResourceId, Long> resources = new HashMap<>(a.resources());
        resources.putAll(b.resources());
        Map<ResourceId, String> requests = new HashMap<>(a.requests());
        requests.putAll(b.requests());
        return new WatchedFeed(
                a.feed(),
                a.access(),
                a.interval().compareTo(b.interval()) <= 0 ? a.interval() : b.interval(),
                a.timeout().compareTo(b.timeout()) >= 0 ? a.timeout() : b.timeout(),
                Map.copyOf(resources),
                Map.copyOf(requests));
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

    private static Duration providerTimeout(Resource<ResourceSetInputProviderSpec> provider) {
        return atLeastFloor(
                GoDuration.read(provider.annotation(RECONCILE_TIMEOUT)).orElse(PROVIDER_TIMEOUT));
    }

    private static Duration atLeastFloor(Duration duration) {
        return duration.compareTo(FLOOR) < 0 ? FLOOR : duration;
    }
}
