package dev.tidemark.renderer.kafka;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.renderer.domain.reconcile.ProviderFacts;
import dev.tidemark.renderer.domain.reconcile.ProviderLog;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about providers, in memory, at every replica: selections, the newest decision of each target, and how
 * the last scan of each feed ended. Tags themselves are read over: they may be many, and nothing here needs them.
 */
public final class LogTables implements ProviderLog, AutoCloseable {

    /** How long one attempt to reach the ends of the topics may take before it is said and tried again. */
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private static final String KIND = Kinds.RESOURCE_SET_INPUT_PROVIDER.name();

    private final String cluster;
    private final ResourceSource resources;
    private final TopicTable selections;
    private final TopicTable decisions;
    private final TopicTable scans;
    private final TopicTable polls;
    private final Consumer<Predicate> onChange;

    /** Whether a change of the log concerns a provider. */
    @FunctionalInterface
    public interface Predicate {
        boolean concerns(Resource<ResourceSetInputProviderSpec> provider);
    }

    /**
     * @param onChange called with the providers that something new is known about
     * @param onPoll called with the providers whose registry was looked at: of interest to their status only
     */
    public LogTables(
            String cluster,
            ResourceSource resources,
            LogClients log,
            DeadLetters deadLetters,
            Consumer<Predicate> onChange,
            Consumer<Predicate> onPoll) {
        this.cluster = cluster;
        this.resources = resources;
        this.onChange = onChange;
        this.selections =
                new TopicTable(Topic.TAG_SELECTED, log, "gitless-renderer-selections", deadLetters, this::targets);
        this.decisions = new TopicTable(
                Topic.POLICY_DECIDED,
                log,
                "gitless-renderer-decisions",
                deadLetters,
                this::targets,
                key -> key.startsWith(cluster + '/' + KIND + '/'));
        this.scans = new TopicTable(
                Topic.TAG_DISCOVERED,
                log,
                "gitless-renderer-scans",
                deadLetters,
                keys -> onChange.accept(feeds(keys)),
                key -> key.indexOf('|') < 0);
        this.polls = new TopicTable(
                Topic.FEED_SCANNED, log, "gitless-renderer-polls", deadLetters, keys -> onPoll.accept(feeds(keys)));
    }

    public void start() {
        List.of(selections, decisions, scans, polls).forEach(TopicTable::start);
    }

    /** Waits until everything that is in the log now is known. */
    public boolean catchUp() throws InterruptedException {
        return selections.catchUp(CATCH_UP)
                && decisions.catchUp(CATCH_UP)
                && scans.catchUp(CATCH_UP)
                && polls.catchUp(CATCH_UP);
    }

    @Override
    public ProviderFacts facts(String namespace, String name) {
        String target = new Target(cluster, KIND, namespace, name).text();
        Optional<Feed> feed = resources
                .current()
                .find(Kinds.RESOURCE_SET_INPUT_PROVIDER, namespace, name)
                .flatMap(LogTables::feed);
        return new ProviderFacts(selection(target), decision(target), failure(feed), poll(feed));
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

    private Event.@Nullable PolicyDecided decision(String target) {
        return decisions
                .find(target)
                .map(envelope -> envelope.event() instanceof Event.PolicyDecided decided ? decided : null)
                .orElse(null);
    }

    private Event.@Nullable ScanFailed failure(Optional<Feed> feed) {
        return feed.flatMap(one -> scans.find(one.text()))
                .map(envelope -> envelope.event() instanceof Event.ScanFailed failed ? failed : null)
                .orElse(null);
    }

    private Event.@Nullable FeedScanned poll(Optional<Feed> feed) {
        return feed.flatMap(one -> polls.find(one.text()))
                .map(envelope -> envelope.event() instanceof Event.FeedScanned scanned ? scanned : null)
                .orElse(null);
    }

    /** A provider whose values cannot be read has no feed: its own pass says what is wrong. */
    private static Optional<Feed> feed(Resource<ResourceSetInputProviderSpec> provider) {
        try {
            return Feeds.ofProvider(provider) instanceof Feeds.Outcome.Valid valid
                    ? Optional.of(valid.feed())
                    : Optional.empty();
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private void targets(Set<String> changed) {
        Set<String> keys = new HashSet<>(changed);
        onChange.accept(
                provider -> keys.contains(cluster + '/' + KIND + '/' + provider.namespace() + '/' + provider.name()));
    }

    private static Predicate feeds(Set<String> changed) {
        Set<String> keys = new HashSet<>(changed);
        return provider -> feed(provider).filter(f -> keys.contains(f.text())).isPresent();
    }

    @Override
    public void close() {
        List.of(selections, decisions, scans, polls).forEach(TopicTable::close);
    }
}
