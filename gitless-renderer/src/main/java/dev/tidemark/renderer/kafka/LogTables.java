package dev.tidemark.renderer.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.FeedScanned;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.input.ProviderNews;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about providers, in memory, at every replica: selections, the newest decision of each target, and how
 * the scans of each feed went. Tags themselves are not read: they may be many, and nothing here needs them.
 */
public final class LogTables implements ProviderLog, AutoCloseable {

    /** How long one attempt to reach the ends of the topics may take before it is said and tried again. */
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private static final String KIND = Kinds.RESOURCE_SET_INPUT_PROVIDER.name();

    private final String ofProviders;
    private final TopicTable selections;
    private final TopicTable decisions;
    private final TopicTable scans;

    /** Feeds whose failure was told; on the table's thread. */
    private final Set<String> failing = new HashSet<>();

    /** @param news hears of changes, after the tables show them; asked for once the tables are started */
    public LogTables(String cluster, LogClients log, DeadLetters deadLetters, Supplier<ProviderNews> news) {
        this.ofProviders = cluster + '/' + KIND + '/';
        Consumer<Set<String>> targets = keys -> news.get().selected(providers(keys));
        Predicate<String> ofProvider = key -> key.startsWith(ofProviders);
        this.selections = new TopicTable(
                Topic.TAG_SELECTED, log, "gitless-renderer-selections", deadLetters, targets, ofProvider);
        this.decisions = new TopicTable(
                Topic.POLICY_DECIDED, log, "gitless-renderer-decisions", deadLetters, targets, ofProvider);
        this.scans = new TopicTable(
                Topic.FEED_SCANNED, log, "gitless-renderer-scans", deadLetters, keys -> scanned(keys, news.get()));
    }

    public void start() {
        all().forEach(TopicTable::start);
    }

    private List<TopicTable> all() {
        return List.of(selections, decisions, scans);
    }

    /**
     * Waits until everything that is in the log now is known.
     *
     * @throws IllegalStateException when that takes too long, or the caller is interrupted
     */
    public void catchUp() {
        try {
            for (TopicTable table : all()) {
                if (!table.catchUp(CATCH_UP)) {
                    throw new IllegalStateException("the log could not be read to its end in " + CATCH_UP);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reading the log", stop);
        }
    }

    @Override
    public ProviderFacts facts(Resource<ResourceSetInputProviderSpec> provider) {
        String target = ofProviders + provider.namespace() + '/' + provider.name();
        Optional<Feed> feed = Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                ? Optional.of(valid.feed())
                : Optional.empty();
        return new ProviderFacts(
                selection(target),
                decisions
                        .find(target)
                        .map(Envelope::event)
                        .flatMap(event -> as(event, Event.PolicyDecided.class))
                        .orElse(null),
                feed.flatMap(one -> failure(one.text())).orElse(null),
                feed.flatMap(one -> polled(one.text())).orElse(null));
    }

    private Optional<FeedScanned> polled(String feed) {
        return scans.find(feed).map(Envelope::event).flatMap(event -> as(event, FeedScanned.class));
    }

    /** Whatever failed is over with the next good scan. */
    private Optional<ScanFailed> failure(String feed) {
        return scans.find(Keys.failure(feed))
                .map(Envelope::event)
                .flatMap(event -> as(event, ScanFailed.class))
                .filter(failed ->
                        polled(feed).filter(good -> failed.isOver(good.scan())).isEmpty());
    }

    /** What a feed's inputs come to changes with a failure and with its end; other scans tell only when the next one is. */
    private void scanned(Set<String> keys, ProviderNews news) {
        Set<String> changed = new HashSet<>();
        Set<String> polled = new HashSet<>();
        keys.forEach(key -> {
            String feed = Keys.failedFeed(key).orElse(key);
            boolean fails = failure(feed).isPresent();
            boolean other = fails ? failing.add(feed) : failing.remove(feed);
            (other || !feed.equals(key) ? changed : polled).add(feed);
        });
        news.scanned(changed);
        news.polled(polled);
    }

    private @Nullable Envelope<Event.TagSelected> selection(String target) {
        return selections
                .find(target)
                .filter(envelope -> envelope.event() instanceof Event.TagSelected)
                .map(LogTables::selected)
                .orElse(null);
    }

    /** The caller has looked at the event's type. */
    @SuppressWarnings("unchecked")
    private static Envelope<Event.TagSelected> selected(Envelope<?> envelope) {
        return (Envelope<Event.TagSelected>) envelope;
    }

    private static <E extends Event> Optional<E> as(Event event, Class<E> type) {
        return type.isInstance(event) ? Optional.of(type.cast(event)) : Optional.empty();
    }

    /** Keys of other shapes are nobody's. */
    private static Set<ResourceId> providers(Set<String> targets) {
        return targets.stream().flatMap(text -> provider(text).stream()).collect(Collectors.toSet());
    }

    private static Optional<ResourceId> provider(String text) {
        try {
            Target target = Target.parse(text);
            return Optional.of(new ResourceId(target.kind(), target.namespace(), target.name()));
        } catch (IllegalArgumentException noTarget) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        all().forEach(TopicTable::close);
    }
}
