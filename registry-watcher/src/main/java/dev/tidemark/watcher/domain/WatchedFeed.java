package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A feed as the resources want it scanned.
 *
 * @param interval the shortest that any of them asks for
 * @param timeout for one scan, the longest that any of them allows
 * @param resources those that name the feed, suspended ones aside, with their generation
 * @param requests by resource the value of {@code reconcile.fluxcd.io/requestedAt}, empty when absent
 */
public record WatchedFeed(
        Feed feed,
        AccessProfile access,
        Duration interval,
        Duration timeout,
        Map<ResourceId, Long> resources,
        Map<ResourceId, String> requests) {

    /**
     * One feed as several resources want it.
     *
     * @param all of the same feed, one at least
     */
    static WatchedFeed together(List<WatchedFeed> all) {
        WatchedFeed first = all.getFirst();
        if (all.size() == 1) {
            return first;
        }
        Map<ResourceId, Long> resources = new HashMap<>();
        Map<ResourceId, String> requests = new HashMap<>();
        Duration interval = first.interval();
        Duration timeout = first.timeout();
        for (WatchedFeed one : all) {
            resources.putAll(one.resources());
            requests.putAll(one.requests());
            interval = Spread.shorter(interval, one.interval());
            timeout = timeout.compareTo(one.timeout()) >= 0 ? timeout : one.timeout();
        }
        return new WatchedFeed(
                first.feed(), first.access(), interval, timeout, Map.copyOf(resources), Map.copyOf(requests));
    }

    public Registry.Place place() {
        return place(timeout);
    }

    /** With less time, if the limit is shorter than the timeout. */
    Registry.Place place(Duration limit) {
        return new Registry.Place(feed, access, Spread.shorter(limit, timeout));
    }
}
