package dev.tidemark.benchmarks.history;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.history.RangeManifest;
import dev.tidemark.evaluation.history.RangeWriter;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A day of a large installation: images with two policies each; 100 tags of each that were there before, and pushes all day
 * long, each of which one or both policies select or wait with. Few images have many tags, of which many are too young.
 */
final class RecordedDay implements DecisionPublisher {

    private static final int PARTITIONS = 12;
    private static final int TAGS_BEFORE = 100;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final SpilledRecords spilled;
    private final List<PolicyEvaluation> evaluations = new ArrayList<>();
    private final int images;
    private final int[] versions;
    private final Random random = new Random(14);
    private Instant now = NOON.minus(DAY).minus(DAY).minus(DAY);
    private long records;
    private int scans;

    private RecordedDay(Path folder, int images) {
        this.images = images;
        this.versions = new int[images];
        this.spilled = new SpilledRecords(folder);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            evaluations.add(new PolicyEvaluation(HeapTable.tables(), this, () -> now, "benchmark"));
        }
    }

    /** Writes a range of a day that has about so many records. */
    static void write(Path range, long size, int images) throws IOException {
        RecordedDay day =
                new RecordedDay(range.toAbsolutePath().resolveSibling("").normalize(), images);
        day.declare();
        day.list();
        long before = day.records;
        // a tenth of it in the day before, in which a replay finds its way
        day.push(NOON.minus(DAY).minus(DAY), before + (size - before) / 10);
        day.push(NOON.minus(DAY), size);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(range), 1 << 16)) {
            RangeWriter writer = new RangeWriter(
                    out,
                    new RangeHeader(
                            "local", "benchmark", PARTITIONS, NOON.minus(DAY).minus(DAY), NOON.minus(DAY), NOON));
            day.spilled.copyTo(writer);
            writer.end();
        }
        RangeManifest.of(range).writeBeside(range);
    }

    private static Feed feed(int image) {
        return Feed.parse("registry.example.com/team-" + image % 40 + "/app-" + image + "#apps/registry");
    }

    private void declare() {
        for (int image = 0; image < images; image++) {
            policy(image, "stable", Map.of("tidemark.dev/minimum-age", "1h"));
            policy(image, "newest", Map.of());
        }
    }

    private void policy(int image, String name, Map<String, String> annotations) {
        Feed feed = feed(image);
        take(new Event.PolicyDeclared(
                feed.image(),
                new Target("local", "ImagePolicy", "apps", "app-" + image + "-" + name),
                feed,
                feed.image().text(),
                new PolicyRule.Semver(">=1.0.0"),
                TagFilter.NONE,
                "Never",
                List.of(),
                annotations,
                "uid",
                "1",
                1,
                false));
    }

    private void list() {
        for (int image = 0; image < images; image++) {
            Scan scan = scan();
            for (int tag = 0; tag < TAGS_BEFORE; tag++) {
                take(new Event.TagDiscovered(feed(image), "1.0." + versions[image]++, null, scan, Scope.SCAN, null));
            }
            take(new Event.ScanCompleted(feed(image), scan, TAGS_BEFORE, TAGS_BEFORE, 0, "checksum"));
        }
    }

    /** From a time on for a day, until there are so many records. */
    private void push(Instant from, long size) {
        now = from;
        // a push leads to three or four records
        Duration pause = DAY.dividedBy((size - records) / 3);
        while (records < size) {
            Instant next = now.plus(pause);
            wake(next);
            now = next;
            int image = random.nextInt(images);
            take(new Event.TagDiscovered(feed(image), "1.0." + versions[image]++, null, scan(), Scope.TAG, now));
        }
    }

    private void wake(Instant until) {
        for (PolicyEvaluation evaluation : evaluations) {
            for (var at = evaluation.nextWakeup();
                    at.isPresent() && !at.get().isAfter(until);
                    at = evaluation.nextWakeup()) {
                now = at.get().isAfter(now) ? at.get() : now;
                evaluation.wake();
            }
        }
    }

    private Scan scan() {
        scans++;
        return new Scan("scan-" + scans, now, null, null);
    }

    private void take(Event event) {
        Envelope<Event> envelope = Envelope.first(event, "benchmark", now);
        Place place = add(envelope);
        evaluations.get(place.partition()).apply(envelope);
    }

    private Place add(Envelope<? extends Event> envelope) {
        Topic topic = envelope.type().topic();
        Place place = new Place(topic, Partitioning.partition(topic, envelope.key(), PARTITIONS));
        try {
            long offset = spilled.add(place, now, envelope.key(), EventCodec.encode(envelope));
            if (topic.partitions() == Topic.Partitions.BY_IMAGE && topic != Topic.TAG_CHECK_WANTED) {
                evaluations.get(place.partition()).offsetRecorded(place.text(), offset);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records++;
        return place;
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        if (envelope.type().topic() != Topic.TAG_CHECK_WANTED) {
            Place unused = add(envelope);
        }
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}
