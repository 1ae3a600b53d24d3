package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluator.domain.Decision;
import dev.tidemark.evaluator.domain.DeclaredHeaders;
import dev.tidemark.evaluator.domain.KnownTag;
import dev.tidemark.evaluator.domain.PolicyMemory;
import dev.tidemark.evaluator.domain.PolicyRun;
import dev.tidemark.evaluator.domain.Report;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the evaluation: reads what is discovered and declared, keeps the tags, and publishes what the policies
 * come to. The rules are in {@code domain}; here is only when they apply.
 */
final class PolicyProcessor implements Processor<String, byte[], String, byte[]> {

    static final String SOURCE = "policy-evaluator";

    private final Clock clock;
    private final int partitions;
    private final String version;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private Outbox outbox;

    @SuppressWarnings("NullAway.Init")
    private StoredTags book;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, Stores.Pending> pending;

    @SuppressWarnings("NullAway.Init")
    private PolicyShelf shelf;

    PolicyProcessor(Clock clock, int partitions, String version) {
        this.clock = clock;
        this.partitions = partitions;
        this.version = version;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.outbox = new Outbox(context);
        this.book = new StoredTags(context.getStateStore(Stores.TAGS), context.getStateStore(Stores.FEEDS));
        this.pending = context.getStateStore(Stores.PENDING);
        this.shelf =
                new PolicyShelf(context.getStateStore(Stores.DECLARED), context.getStateStore(Stores.MEMORY), book);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Topic topic = context.recordMetadata()
                .flatMap(at -> Topic.named(at.topic()))
                .orElseThrow(() -> new IllegalStateException("a record comes from a topic of the log"));
        String refusal = refusal(topic, record.key());
        if (refusal != null) {
            outbox.deadLetter(record, topic, refusal);
        } else if (record.value() == null) {
            tombstone(topic, record);
        } else {
            decode(record, topic).ifPresent(this::apply);
        }
    }

    private @Nullable String refusal(Topic topic, @Nullable String key) {
        if (key == null) {
            return "the record has no key";
        }
        int at = context.recordMetadata().map(RecordMetadata::partition).orElse(-1);
        int expected = Partitioning.partition(topic, key, partitions);
        return at == expected
                ? null
                : "the record is in partition " + at + ", but its key belongs in " + expected
                        + ": write with Tidemark's partitioner";
    }

    private Optional<Envelope<?>> decode(Record<String, byte[]> record, Topic topic) {
        try {
            return Optional.of(EventCodec.decode(record.value()));
        } catch (UndecodableException e) {
            outbox.deadLetter(record, topic, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A policy that only moved to another image keeps its selection: its new partition writes the next one. */
    private void tombstone(Topic topic, Record<String, byte[]> record) {
        if (topic == Topic.POLICY_DECLARED) {
            boolean moved = record.headers().lastHeader(DeclaredHeaders.MOVED) != null;
            shelf.withdraw(record.key())
                    .filter(target -> !moved)
                    .ifPresent(target -> outbox.tombstone(Topic.TAG_SELECTED, target.text()));
        }
    }

    private void apply(Envelope<?> cause) {
        switch (cause.event()) {
            case Event.PolicyDeclared declared -> declared(declared, cause);
            case Event.TagDiscovered tag -> discovered(tag, cause);
            case Event.TagRemoved tag -> removed(tag, cause);
            case Event.ScanCompleted scan -> completed(scan, cause);
            case Event.ScanFailed failed -> {} // known tags stay; the failure is for people
            default -> throw new IllegalStateException(cause.type() + " is not an input of the evaluator");
        }
    }

    private void declared(Event.PolicyDeclared declared, Envelope<?> cause) {
        if (shelf.declare(declared, cause)) {
            decide(shelf.run(declared), Event.Trigger.POLICY, cause);
        }
    }

    private void discovered(Event.TagDiscovered found, Envelope<?> cause) {
        if (!isNews(found.feed(), found.scan())) {
            return;
        }
        book.find(found.feed(), found.tag())
                .filter(KnownTag::missing)
                .ifPresent(reappeared -> outbox.tombstone(Topic.TAG_CHECK_WANTED, Keys.tag(found.feed(), found.tag())));
        book.put(found.feed(), found.tag(), new KnownTag(found.digest(), found.firstSeen(), false));
        if (found.scope() == Event.Scope.SCAN) {
            pending.put(Keys.tag(found.feed(), found.tag()), Stores.Pending.ADDED);
            return;
        }
        for (PolicyRun run : shelf.runsOn(found.feed())) {
            run.added(found.tag());
            decide(run, Event.Trigger.TAG, cause);
        }
    }

    private void removed(Event.TagRemoved gone, Envelope<?> cause) {
        if (!isNews(gone.feed(), gone.scan())) {
            return;
        }
        if (gone.scope() == Event.Scope.SCAN) {
            pending.put(Keys.tag(gone.feed(), gone.tag()), Stores.Pending.REMOVED);
            return;
        }
        book.delete(gone.feed(), gone.tag());
        outbox.tombstone(Topic.TAG_CHECK_WANTED, Keys.tag(gone.feed(), gone.tag()));
        for (PolicyRun run : shelf.runsOn(gone.feed())) {
            run.removed(gone.tag());
            decide(run, Event.Trigger.TAG, cause);
        }
    }

    private boolean isNews(Feed feed, Scan scan) {
        FeedMemory memory = book.memory(feed);
        if (memory.isStale(scan.startedAt())) {
            return false;
        }
        book.remember(feed, memory.saw(scan.startedAt(), false));
        return true;
    }

    private void completed(Event.ScanCompleted scan, Envelope<?> cause) {
        FeedMemory memory = book.memory(scan.feed());
        if (memory.isStale(scan.scan().startedAt())) {
            return;
        }
        book.remember(scan.feed(), memory.saw(scan.scan().startedAt(), true));
        List<PolicyRun> runs = shelf.runsOn(scan.feed());
        for (String tag : StoredTags.tagsOf(pending, scan.feed())) {
            if (pending.delete(Keys.tag(scan.feed(), tag)) == Stores.Pending.ADDED) {
                runs.forEach(run -> run.added(tag));
            } else {
                vanished(scan.feed(), tag, runs, cause);
            }
        }
        runs.forEach(run -> decide(run, Event.Trigger.SCAN, cause));
    }

    /** A list did not show the tag: one that is selected stays a candidate until a look at it confirms. */
    private void vanished(Feed feed, String tag, List<PolicyRun> runs, Envelope<?> cause) {
        Optional<KnownTag> known = book.find(feed, tag);
        boolean selected = runs.stream().anyMatch(run -> shelf.memory(run).selects(tag));
        if (known.isPresent() && selected) {
            book.put(feed, tag, known.get().asMissing());
            check(feed, tag, Event.CheckPurpose.CONFIRM_GONE, cause);
        } else {
            book.delete(feed, tag);
            runs.forEach(run -> run.removed(tag));
        }
    }

    private void decide(PolicyRun run, Event.Trigger trigger, Envelope<?> cause) {
        if (run.declared().suspended()) {
            return;
        }
        Instant now = clock.instant();
        PolicyMemory memory = shelf.memory(run);
        Decision decision = run.decide(memory);
        Report report =
                Report.of(run.declared(), memory, decision, new Report.Context(trigger, now, inputs(), version));
        report.selected().ifPresent(selected -> outbox.publish(cause.causes(selected, SOURCE, now)));
        report.decided().ifPresent(decided -> outbox.publish(cause.causes(decided, SOURCE, now)));
        shelf.remember(run, report.memory());
        run.digestsWanted(report.memory(), decision)
                .forEach(tag -> check(run.declared().feed(), tag, Event.CheckPurpose.DIGEST_ONCE, cause));
    }

    private void check(Feed feed, String tag, Event.CheckPurpose purpose, Envelope<?> cause) {
        outbox.publish(cause.causes(new Event.TagCheckWanted(feed, tag, purpose, null), SOURCE, clock.instant()));
    }

    /** How far the input was read when the decision fell: replay starts here. */
    private Map<String, Long> inputs() {
        return context.recordMetadata()
                .map(at -> Map.of(at.topic() + '-' + at.partition(), at.offset()))
                .orElse(Map.of());
    }
}
