package dev.tidemark.watcher.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.watcher.domain.FeedWorker.Checked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one tag and writes what is new about it. Who waits for the answer gets one in any case, also that there is no
 * such tag; for everybody else a tag that is not there is a matter of the next list.
 */
final class TagResolver {

    /** Who follows a digest comes back by itself, and does not keep a webhook of the same feed waiting for longer. */
    private static final Duration FOLLOWING = Duration.ofSeconds(10);

    private final Feed feed;
    private final FeedState state;
    private final Registry registry;
    private final FeedWriter writer;
    private final RunningScan running;
    private final RecentNews news;
    private final Clock clock;

    TagResolver(
            Feed feed,
            FeedState state,
            Registry registry,
            FeedWriter writer,
            RunningScan running,
            RecentNews news,
            Clock clock) {
        this.feed = feed;
        this.state = state;
        this.registry = registry;
        this.writer = writer;
        this.running = running;
        this.news = news;
        this.clock = clock;
    }

    Checked resolve(WatchedFeed watched, TagCheck check) {
        boolean awaited = check.purpose() == TagCheck.Purpose.ASKED;
        Registry.Resolution answer = check.purpose() == TagCheck.Purpose.FOLLOWED
                ? registry.resolve(watched.place(FOLLOWING), Urgency.ROUTINE, check.tag())
                : registry.resolve(watched.place(), Urgency.AWAITED, check.tag());
        return switch (answer) {
            case Registry.Resolution.Found(String digest) -> new Checked.Done(found(check, digest, awaited));
            case Registry.Resolution.Gone gone -> {
                if (awaited) {
                    gone(check.tag(), check.cause());
                }
                yield new Checked.Done(false);
            }
            case Registry.Failed failed -> new Checked.AskAgain(failed.retryAfter());
        };
    }

    private void gone(String tag, Envelope<?> cause) {
        write(new Event.TagRemoved(feed, tag, ownOrRunningScan(), Scope.TAG, base()), cause);
        running.gone(tag);
    }

    private boolean found(TagCheck check, String digest, boolean awaited) {
        String tag = check.tag();
        Optional<KnownTags.Known> known = state.tags().find(tag);
        boolean fresh = known.isEmpty() || !digest.equals(known.get().digest());
        if (awaited || fresh) {
            Instant firstSeen = known.isEmpty() ? clock.instant() : known.get().firstSeen();
            write(
                    new Event.TagDiscovered(feed, tag, digest, ownOrRunningScan(), Scope.TAG, firstSeen, base()),
                    check.cause());
        }
        running.confirmed(tag);
        if (known.isEmpty() || hasMoved(known.get(), digest)) {
            news.asked(tag, clock.instant(), writer.newestNumber());
            return true;
        }
        return check.answered() || news.has(tag, clock.instant()) || news.isSince(tag, check.since());
    }

    private @Nullable ScanOrder base() {
        return state.logged().generation();
    }

    /** A list names no digests: the first one of a tag that was listed is no news of a push. */
    private static boolean hasMoved(KnownTags.Known known, String digest) {
        return known.digest() != null && !known.digest().equals(digest);
    }

    private void write(FeedEvent event, Envelope<?> cause) {
        writer.write(List.of(event), event.scan(), cause);
    }

    /**
     * A tag that is resolved between two pages belongs to the scan that runs: readers ignore scans older than the newest
     * they have seen, so a newer one of its own would make them ignore the running one's difference.
     */
    private Scan ownOrRunningScan() {
        Scan current = running.scan();
        return current == null ? writer.newScan() : current;
    }
}
