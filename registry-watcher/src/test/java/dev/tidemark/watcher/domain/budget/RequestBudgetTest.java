package dev.tidemark.watcher.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.RequestStream.Kind;
import dev.tidemark.watcher.domain.budget.SimulatedHost.Asked;
import dev.tidemark.watcher.domain.budget.SimulatedHost.Nature;
import dev.tidemark.watcher.domain.budget.SimulatedHost.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of a budget against registries of all natures (ADR 34); a seed names one. */
class RequestBudgetTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static void load(SimulatedHost host, int feeds, Kind kind, Urgency urgency, int requests) {
        for (int i = 0; i < feeds; i++) {
            host.ask(kind, urgency, "o/" + kind + i, requests);
        }
    }

    /** Each seed another host and other work, refusals included. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theCeilingIsNeverExceeded(long seed) {
        Random random = new Random(seed);
        Ceiling ceiling = new Ceiling(2 + random.nextInt(80), 1 + random.nextInt(300));
        Nature nature = new Nature(
                1 + random.nextInt(100),
                Duration.ofMillis(1 + random.nextInt(500)),
                random.nextBoolean() ? 1e9 : 1 + random.nextInt(200),
                10 + random.nextInt(100),
                random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(20)));
        SimulatedHost host = new SimulatedHost(nature, ceiling, random);
        for (int i = 0; i < 400; i++) {
            Kind kind = random.nextBoolean() ? Kind.LISTING : Kind.TAG;
            Urgency urgency = random.nextInt(4) == 0 ? Urgency.AWAITED : Urgency.ROUTINE;
            String repository = "o/" + random.nextInt(50);
            int requests = kind == Kind.TAG ? 1 : 1 + random.nextInt(20);
            host.at(Duration.ofMillis(random.nextInt(20_000)), () -> host.ask(kind, urgency, repository, requests));
        }
        host.run(Duration.ofMinutes(3));
        assertThat(host.sent).isNotEmpty();
        assertThat(host.mostUnderWay).isLessThanOrEqualTo(ceiling.atOnce());
        List<Sent> sent = host.sent;
        for (int from = 0; from < sent.size(); from += 7) {
            for (int to = from; to < sent.size(); to += 13) {
                double seconds = (sent.get(to).at() - sent.get(from).at()) / 1e9;
                double most = ceiling.perSecond() * (seconds + Ceiling.BURST_SECONDS) + 1;
                assertThat(to - from + 1).as("requests in %s s", seconds).isLessThanOrEqualTo((int) Math.ceil(most));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHealthyHostIsAskedAsMuchAsIsAllowed(long seed) {
        Random random = new Random(seed);
        Duration each = Duration.ofMillis(2 + random.nextInt(200));
        Ceiling ceiling = new Ceiling(64, 10_000);
        SimulatedHost host = new SimulatedHost(Nature.quick(64, each), ceiling, random);
        load(host, 3_000, Kind.TAG, Urgency.AWAITED, 1);
        host.run(MINUTE);
        assertThat(host.window()).isEqualTo(ceiling.atOnce());
        assertThat(host.sent).hasSize(3_000);
        double ideal = 3_000 / 64.0 * each.toMillis();
        assertThat(host.sent.getLast().at() / 1e6).isLessThan(ideal * 1.5 + 3 * each.toMillis());
    }

    /** It works little at once: more under way would only queue there. Its throughput is used all the same. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aHostThatBecomesSlowIsAskedLess(long seed) {
        Random random = new Random(seed);
        int workers = 2 + random.nextInt(4);
        Duration each = Duration.ofMillis(100 + random.nextInt(200));
        SimulatedHost host = new SimulatedHost(Nature.quick(workers, each), new Ceiling(64, 10_000), random);
        load(host, 15_000, Kind.TAG, Urgency.AWAITED, 1);
        host.run(Duration.ofMinutes(3));
        assertThat(host.window()).isLessThanOrEqualTo(workers * 8);
        double possible = 180.0 / each.toMillis() * 1_000 * workers;
        assertThat(host.latencies.size()).isGreaterThan((int) (possible * 0.85));
    }

    /** A registry that moved farther away is healthy: it gets few at once for a while, and then all. */
    @Test
    void aHostThatIsSlowerForGoodIsHealthy() {
        Window window = new Window(64);
        for (int i = 0; i < 500; i++) {
            window.answered(Kind.TAG, Duration.ofMillis(20), window.limit(), i, i);
        }
        assertThat(window.limit()).isEqualTo(64);
        int least = 64;
        for (int i = 500; i < 3_000; i++) {
            window.answered(Kind.TAG, Duration.ofMillis(400), window.limit(), i, i);
            least = Math.min(least, window.limit());
        }
        assertThat(least).isEqualTo(Window.LEAST);
        assertThat(window.limit()).isGreaterThan(32);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHostThatSaysTooManyIsSoonAskedAsOftenAsItTakes(long seed) {
        Random random = new Random(seed);
        double limit = 1 + random.nextInt(50);
        Nature nature = new Nature(64, Duration.ofMillis(20), limit, 1 + random.nextInt(30), null);
        SimulatedHost host = new SimulatedHost(nature, new Ceiling(64, 500), random);
        load(host, 30_000, Kind.TAG, Urgency.ROUTINE, 1);
        host.run(MINUTE);
        int refusedAtFirst = host.refused;
        host.run(Duration.ofMinutes(9));
        assertThat(host.perSecond()).isLessThan(limit * 2.5);
        long later = host.sentBetween(60, 540);
        assertThat(later).isBetween((long) (limit * 480 * 0.5), (long) (limit * 480 * 1.2));
        assertThat(host.refused - refusedAtFirst).isLessThan((int) Math.max(20, later * 0.1));
        assertThat(refusedAtFirst).isLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void retryAfterIsObeyed(long seed) {
        Random random = new Random(seed);
        Duration patience = Duration.ofSeconds(5 + random.nextInt(30));
        Nature nature = new Nature(64, Duration.ofMillis(20), 0.001, 20, patience);
        SimulatedHost host = new SimulatedHost(nature, new Ceiling(64, 500), random);
        load(host, 200, Kind.LISTING, Urgency.ROUTINE, 3);
        host.run(patience.minusSeconds(1));
        // what was under way when it began to refuse, and no more: also the burst of a start against such a host
        assertThat(host.sent).hasSizeLessThanOrEqualTo(20 + 64);
        assertThat(host.refused).isPositive();
        long quietFrom = host.sent.getLast().at();
        assertThat(quietFrom).isLessThan(2 * SimulatedHost.SECOND);
    }

    /** Lists and routine polls fill everything, for longer than anybody would wait. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aTagThatSomebodyWaitsForGetsThrough(long seed) {
        Random random = new Random(seed);
        int workers = 2 + random.nextInt(60);
        Duration each = Duration.ofMillis(10 + random.nextInt(190));
        SimulatedHost host = new SimulatedHost(Nature.quick(workers, each), new Ceiling(64, 10_000), random);
        load(host, 300, Kind.LISTING, Urgency.ROUTINE, 101);
        load(host, 300, Kind.LISTING, Urgency.AWAITED, 101);
        load(host, 300, Kind.TAG, Urgency.ROUTINE, 1);
        List<Asked> tags = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            host.at(
                    Duration.ofMillis(2_000L * i + random.nextInt(2_000)),
                    () -> tags.add(host.ask(Kind.TAG, Urgency.AWAITED, "o/tag", 1)));
        }
        host.run(Duration.ofSeconds(60));
        // its own time, and what stands in the host's queue before it
        long most = each.toMillis() * (2 + 64 / workers) * 2;
        assertThat(tags)
                .hasSize(25)
                .allSatisfy(tag -> assertThat(tag.took).isNotNull().isLessThan(Duration.ofMillis(most)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyWaitsForEver(long seed) {
        Random random = new Random(seed);
        Duration each = Duration.ofMillis(50);
        SimulatedHost host = new SimulatedHost(
                Nature.quick(4 + random.nextInt(4), each), new Ceiling(4 + random.nextInt(10), 1_000), random);
        List<Asked> routine = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            routine.add(host.ask(Kind.LISTING, Urgency.ROUTINE, "o/r" + i, 2));
            routine.add(host.ask(Kind.TAG, Urgency.ROUTINE, "o/r" + i, 1));
        }
        // more than it can work, all the time
        for (int second = 0; second < 200; second++) {
            host.at(Duration.ofSeconds(second), () -> load(host, 100, Kind.TAG, Urgency.AWAITED, 1));
            host.at(Duration.ofSeconds(second), () -> load(host, 20, Kind.LISTING, Urgency.AWAITED, 3));
        }
        host.run(Duration.ofSeconds(200));
        assertThat(routine).allSatisfy(asked -> assertThat(asked.took).isNotNull());
    }

    /** A list of a hundred pages goes as quickly as the host answers, whatever else is asked. */
    @Test
    void thePagesOfAListAreOneStream() {
        SimulatedHost host =
                new SimulatedHost(Nature.quick(64, Duration.ofMillis(2)), new Ceiling(64, 500), new Random(1));
        load(host, 100, Kind.TAG, Urgency.ROUTINE, 1);
        Asked list = host.ask(Kind.LISTING, Urgency.AWAITED, "o/large", 101);
        host.run(MINUTE);
        assertThat(list.took).isNotNull().isLessThan(Duration.ofMillis(300));
    }

    @Test
    void whatAllCredentialsShareIsShared() {
        Pace hub = new Pace(10, 0);
        List<RequestBudget> tenants = List.of(
                new RequestBudget(new Ceiling(64, 500), hub, 0), new RequestBudget(new Ceiling(64, 500), hub, 0));
        int[] sent = new int[2];
        for (int i = 0; i < 400; i++) {
            int tenant = i % 2;
            RequestBudget budget = tenants.get(tenant);
            RequestStream stream = new RequestStream(Kind.TAG, Urgency.AWAITED, "library/a" + i);
            budget.ask(
                    stream,
                    place -> budget.ask(
                            stream,
                            go -> {
                                sent[tenant]++;
                                budget.close(stream);
                            },
                            0),
                    0);
        }
        for (long now = 0; now <= 10 * SimulatedHost.SECOND; now += SimulatedHost.SECOND / 10) {
            for (RequestBudget budget : now / (SimulatedHost.SECOND / 10) % 2 == 0 ? tenants : tenants.reversed()) {
                budget.decide(now);
            }
        }
        assertThat(sent[0] + sent[1]).isEqualTo(30 + 10 * 10);
        assertThat(sent[1]).isGreaterThan(30);
    }

    /** One that is as good as new is forgotten: hosts and credentials come and go (faults F10). */
    @Test
    void isIdleWhenItSaysWhatANewOneWould() {
        RequestBudget budget = new RequestBudget(new Ceiling(4, 10), null, 0);
        long minute = MINUTE.toNanos();
        assertThat(budget.isIdle(minute)).isFalse();
        assertThat(budget.isIdle(11 * minute)).isTrue();
        RequestStream stream = new RequestStream(Kind.TAG, Urgency.AWAITED, "o/a");
        budget.ask(stream, permit -> {}, 11 * minute);
        assertThat(budget.isIdle(30 * minute)).isFalse();
        budget.decide(30 * minute);
        assertThat(budget.isIdle(50 * minute)).isFalse();
        budget.answered(stream, new Answer.Limited(Duration.ofMinutes(12)), 50 * minute);
        budget.close(stream);
        assertThat(budget.isIdle(61 * minute)).isFalse();
        assertThat(budget.isIdle(63 * minute)).isTrue();
    }

    @Test
    void aCeilingThatIsNoneIsRefusedWithWhatHelps() {
        assertThatThrownBy(() -> new Ceiling(1, 10)).hasMessageContaining("requests-at-once is 1: set at least 2");
        assertThatThrownBy(() -> new Ceiling(4, 0)).hasMessageContaining("requests-per-second is 0.0: set a number");
        assertThatThrownBy(() -> new Ceiling(4, Double.NaN)).hasMessageContaining("set a number above 0");
    }
}
