package dev.tidemark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.StockLog.Entry;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Base and news are the set that is true, whoever wrote, whoever was killed, and whatever compaction has left. */
class BasesPropertyTest {

    private static final Limits TINY = new Limits(3, 4, 8, 5);

    private static final Event POLICY = new Event.PolicyDeclared(
            StockLog.FEED.image(),
            new Target("local", "ImagePolicy", "apps", "app"),
            StockLog.FEED,
            StockLog.FEED.image().text(),
            new PolicyRule.Semver(">=0.0.0"),
            TagFilter.NONE,
            "Never",
            List.of(),
            Map.of("tidemark.dev/allow-downgrade", "always"),
            "uid",
            "1",
            1,
            false);

    private static final class Evaluator implements DecisionPublisher {
        private final Tables tables = HeapTable.tables();
        private final Random random;
        private Instant now = SlicesTest.NOON;
        private PolicyEvaluation evaluation;
        private final Set<String> asked = new HashSet<>();

        Evaluator(Random random) {
            this.random = random;
            this.evaluation = evaluation();
            evaluation.apply(Envelope.first(POLICY, "test", now));
        }

        private PolicyEvaluation evaluation() {
            return new PolicyEvaluation(tables, this, () -> now, "test", TINY);
        }

        void take(Entry entry) {
            now = StockLog.at(entry);
            evaluation.offsetRecorded("tag-discovered-0", entry.offset());
            if (entry.event() == null) {
                evaluation.forget(entry.key(), entry.epoch());
            } else {
                evaluation.apply(Envelope.first(entry.event(), "test", now));
            }
            for (int turn = random.nextInt(3); turn > 0; turn--) {
                evaluation.nextBatch();
            }
            if (random.nextInt(12) == 0) {
                evaluation = evaluation();
            }
        }

        void drain() {
            while (evaluation.isBehind()) {
                evaluation.nextBatch();
            }
        }

        Map<String, String> known() {
            TagStore store = new TagStore(tables);
            Map<String, String> known = new TreeMap<>();
            store.listed(StockLog.FEED)
                    .forEach(tag -> known.put(
                            tag,
                            store.find(StockLog.FEED, tag).map(KnownTag::digest).orElse("")));
            return known;
        }

        boolean isComplete() {
            return new TagStore(tables).complete(StockLog.FEED);
        }

        /** Half a base decides nothing. */
        @Override
        public void publish(Envelope<? extends Event> envelope) {
            if (envelope.event() instanceof Event.TagSelected selected) {
                assertThat(known().keySet())
                        .containsAll(
                                selected.tags().stream().map(SelectedTag::tag).toList());
            } else if (envelope.event() instanceof Event.TagCheckWanted check) {
                asked.add(check.tag());
            }
        }

        @Override
        public void tombstone(Topic topic, String key) {}
    }

    /** Those that have failed, and some more; tens of thousands were tried outside the build. */
    static List<Long> seeds() {
        return IntStream.range(0, 300).mapToObj(i -> 15_485_863L * i + 3).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void baseAndNewsAreWhatIsTrue(long seed) {
        Random random = new Random(seed);
        StockLog log = new StockLog(random);
        Evaluator evaluator = new Evaluator(random);
        int taken = 0;
        for (int step = 0; step < 40; step++) {
            log.step();
            for (; taken < log.entries().size(); taken++) {
                evaluator.take(log.entries().get(taken));
            }
            evaluator.drain();
            assertThat(evaluator.isComplete())
                    .as("seed %d, step %d%n%s", seed, step, log)
                    .isEqualTo(log.isComplete());
            assertThat(evaluator.known())
                    .as("seed %d, step %d%n%s", seed, step, log)
                    .isEqualTo(log.inEffect());
        }
        assertThat(evaluator.asked).doesNotContain(Event.TagCheckWanted.BASE);
        if (log.isPending()) {
            return;
        }
        List<Entry> left = log.compacted(random.nextInt(log.entries().size() + 1), random.nextBoolean());
        Evaluator anew = new Evaluator(random);
        left.forEach(anew::take);
        anew.drain();
        assertThat(anew.known().keySet())
                .as("seed %d, compacted to%n%s", seed, StockLog.text(left))
                .isEqualTo(log.inEffect().keySet());
    }
}
