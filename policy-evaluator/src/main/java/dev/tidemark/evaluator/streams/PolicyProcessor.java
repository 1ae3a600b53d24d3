package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.InputRecords;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.events.kafka.HeaderTexts;
import dev.tidemark.runtime.log.EventReader;
import dev.tidemark.runtime.publish.LogListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One partition of the evaluation: reads records, refuses those that do not belong, and wakes what has waited. */
final class PolicyProcessor implements Processor<String, byte[], String, byte[]> {

    /** Until the next batch of deferred policies, and the next check for a commit; records go first. */
    private static final Duration NEXT_BATCH = Duration.ofMillis(5);

    /** Wall-clock time is counted in milliseconds. */
    private static final Duration SOONEST = Duration.ofMillis(1);

    /** An age of centuries is longer than a timer counts; whoever waits so long is looked after in between. */
    private static final Duration LATEST = Duration.ofHours(1);

    private final EventReader events;
    private final InstantSource clock;
    private final int partitions;
    private final String version;
    private final NextLoop next;
    private final Supplier<Map<String, Long>> shown;
    private final LogListener listener;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private StreamsPublisher publisher;

    @SuppressWarnings("NullAway.Init")
    private CommitPace pace;

    /** Built from the stores when first needed: they are restored by then. */
    private @Nullable PolicyEvaluation evaluation;

    private @Nullable Timer timer;

    private record Timer(Instant at, Cancellable punctuation) {}

    PolicyProcessor(
            EventReader events,
            InstantSource clock,
            int partitions,
            String version,
            NextLoop next,
            Supplier<Map<String, Long>> shown,
            LogListener listener) {
        this.events = events;
        this.shown = shown;
        this.clock = clock;
        this.partitions = partitions;
        this.version = version;
        this.next = next;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.pace = new CommitPace(context::commit, System::nanoTime);
        this.publisher = new StreamsPublisher(context, pace, listener);
        // what a restart left to do
        dueIn(SOONEST);
    }

    /**
     * A punctuation makes Streams commit, so there is one only while something is due by time: commits, policies that are
     * deferred, and decisions that wait for their time.
     */
    private void plan() {
        if (pace.isPending() || evaluation().isBehind()) {
            dueIn(NEXT_BATCH);
        } else {
            evaluation()
                    .nextWakeup()
                    .map(at -> Duration.between(clock.instant(), at))
                    .ifPresent(
                            in -> dueIn(in.compareTo(SOONEST) < 0 ? SOONEST : in.compareTo(LATEST) > 0 ? LATEST : in));
        }
    }

    private void dueIn(Duration in) {
        Instant at = clock.instant().plus(in);
        if (timer == null || at.isBefore(timer.at())) {
            cancel();
            timer = new Timer(at, context.schedule(in, PunctuationType.WALL_CLOCK_TIME, now -> due()));
            next.set(context.taskId(), in);
        }
    }

    private void due() {
        cancel();
        evaluation().wake();
        evaluation().nextBatch();
        pace.check();
        plan();
    }

    private void cancel() {
        if (timer != null) {
            timer.punctuation().cancel();
            timer = null;
            next.set(context.taskId(), null);
        }
    }

    @Override
    public void close() {
        cancel();
    }

    private PolicyEvaluation evaluation() {
        PolicyEvaluation known = evaluation;
        if (known == null) {
            Tables tables = Stores.tables(context);
            known = new PolicyEvaluation(tables, publisher, clock, version);
            if (tables.areNew()) {
                known.continueBehind(shown.get());
            }
            tellOfTheStop(tables);
            evaluation = known;
        }
        return known;
    }

    /** It was asked for before this process began, which reads it never again. */
    private void tellOfTheStop(Tables tables) {
        Envelope<?> asked = tables.controls().get(ControlRequested.EVERYTHING);
        if (asked != null) {
            listener.read(asked);
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata at = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a topic has a place in it"));
        Topic topic = Topic.named(at.topic())
                .orElseThrow(() -> new IllegalStateException(at.topic() + " is not a topic of the log"));
        evaluation().offsetRecorded(topic.topicName() + '-' + at.partition(), at.offset());
        try {
            take(topic, record, at.partition());
        } catch (UndecodableException reason) {
            publisher.deadLetter(record, topic, String.valueOf(reason.getMessage()));
        }
        pace.check();
        plan();
    }

    /** @throws UndecodableException when nobody can read it, or it is no input of ours, or lies where it does not belong */
    private void take(Topic topic, Record<String, byte[]> record, int partition) {
        if (record.value() == null) {
            refuse(InputRecords.refusal(topic, record.key(), partition, partitions));
            tombstone(topic, record);
            return;
        }
        Optional<Envelope<?>> event = events.read(topic, record.value());
        if (event.isPresent()) {
            refuse(InputRecords.refusal(topic, record.key(), partition, partitions));
            refuse(InputRecords.refusal(topic, record.key(), event.get()));
            evaluation().apply(event.get());
        }
    }

    private static void refuse(@Nullable String why) {
        if (why != null) {
            throw new UndecodableException(why);
        }
    }

    private void tombstone(Topic topic, Record<String, byte[]> record) {
        Map<String, String> headers = HeaderTexts.of(record.headers());
        if (topic == Topic.POLICY_DECLARED) {
            evaluation().withdraw(record.key(), Withdrawal.of(headers));
        } else if (topic == Topic.TAG_DISCOVERED) {
            evaluation().forget(record.key(), Publication.Tombstone.epoch(headers));
        }
    }
}
