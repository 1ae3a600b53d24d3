package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.systemtests.FaultEvent.Manner;
import dev.tidemark.systemtests.FaultEvent.Remote;
import dev.tidemark.systemtests.FaultPlan.App;
import dev.tidemark.systemtests.FaultPlan.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan promises to whoever carries it out, over many seeds; the seed stands in the test's name. */
class FaultPlanTest {

    private static final List<App> APPS = List.of(new App("web", true), new App("api", true), new App("shop", false));
    private static final int EVENTS = 120;

    private static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameSeedHasTheSameEvents(long seed) {
        assertThat(FaultPlan.of(seed, APPS, EVENTS))
                .hasSize(EVENTS)
                .isEqualTo(FaultPlan.of(seed, APPS, EVENTS))
                .isNotEqualTo(FaultPlan.of(seed + 1, APPS, EVENTS));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachEventIsPossibleWhenItComes(long seed) {
        Set<Place> absent = new HashSet<>();
        Set<Place> paused = new HashSet<>();
        Set<Remote> away = new HashSet<>();
        Set<String> pushed = new HashSet<>();
        Set<String> widened = new HashSet<>();
        Map<String, String> follows = new HashMap<>();
        boolean broker = true;
        for (Step step : FaultPlan.of(seed, APPS, EVENTS)) {
            assertThat(step.pause()).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            switch (step.event()) {
                case FaultEvent.Push(String repository, List<String> tags, boolean told) -> {
                    assertThat(told || !repository.startsWith("shop"))
                            .as("only a webhook tells of shop")
                            .isTrue();
                    assertThat(tags).isNotEmpty().hasSizeLessThanOrEqualTo(5);
                    assertThat(tags).allMatch(tag -> pushed.add(repository + ':' + tag), "pushed for the first time");
                }
                case FaultEvent.Widen(String app) ->
                    assertThat(widened.add(app)).isTrue();
                case FaultEvent.Move(String app, List<String> repositories) -> {
                    assertThat(repositories).isNotEmpty().hasSizeLessThanOrEqualTo(3);
                    for (String repository : repositories) {
                        assertThat(repository).startsWith(app).isNotEqualTo(follows.getOrDefault(app, app));
                        follows.put(app, repository);
                    }
                }
                case FaultEvent.Kill(Place place) -> {
                    assertThat(paused).doesNotContain(place);
                    assertThat(absent.add(place)).isTrue();
                }
                case FaultEvent.Stop(Place place) -> {
                    assertThat(paused).doesNotContain(place);
                    assertThat(absent.add(place)).isTrue();
                }
                case FaultEvent.Start(Place place, Duration clock) -> {
                    assertThat(clock.isNegative()).isFalse();
                    assertThat(absent.remove(place)).isTrue();
                }
                case FaultEvent.Pause(Place place) -> {
                    assertThat(absent).doesNotContain(place);
                    assertThat(paused.add(place)).isTrue();
                }
                case FaultEvent.Resume(Place place) ->
                    assertThat(paused.remove(place)).isTrue();
                case FaultEvent.Roll roll ->
                    assertThat(absent.size() + paused.size() + away.size()).isZero();
                case FaultEvent.EndBroker end -> {
                    assertThat(broker).isTrue();
                    broker = false;
                }
                case FaultEvent.StartBroker start -> {
                    assertThat(broker).isFalse();
                    broker = true;
                }
                case FaultEvent.Outage(Remote remote, Manner manner) ->
                    assertThat(away.add(remote)).isTrue();
                case FaultEvent.Recovery(Remote remote) ->
                    assertThat(away.remove(remote)).isTrue();
            }
            assertThat(absent.size() + paused.size() + away.size() + (broker ? 0 : 1))
                    .isLessThanOrEqualTo(FaultPlan.BROKEN_AT_ONCE);
        }
    }

    @Test
    void everyKindOfEventComes() {
        List<FaultEvent> events = seeds().boxed()
                .flatMap(seed -> FaultPlan.of(seed, APPS, EVENTS).stream().map(Step::event))
                .toList();

        assertThat(events.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(FaultEvent.class.getPermittedSubclasses());
        assertThat(manners(events)).isEqualTo(EnumSet.allOf(Manner.class));
        assertThat(events)
                .anyMatch(e ->
                        e instanceof FaultEvent.Start start && start.clock().isPositive());
    }

    @Test
    void policiesMoveAlsoInAHurryAndWhileAnEvaluatorIsPausedOrKilled() {
        Set<String> kinds = new TreeSet<>();
        seeds().forEach(seed -> {
            Set<Place> paused = new HashSet<>();
            Set<Place> killed = new HashSet<>();
            for (Step step : FaultPlan.of(seed, APPS, EVENTS)) {
                switch (step.event()) {
                    case FaultEvent.Pause(Place place) -> paused.add(place);
                    case FaultEvent.Resume(Place place) -> paused.remove(place);
                    case FaultEvent.Kill(Place place) -> killed.add(place);
                    case FaultEvent.Start(Place place, Duration clock) -> killed.remove(place);
                    case FaultEvent.Move(String app, List<String> repositories) -> {
                        String edits = repositories.size() == 1 ? "once" : "in a hurry";
                        if (paused.stream().anyMatch(FaultPlanTest::isEvaluator)) {
                            kinds.add(edits + ", paused");
                        }
                        if (killed.stream().anyMatch(FaultPlanTest::isEvaluator)) {
                            kinds.add(edits + ", killed");
                        }
                    }
                    default -> {}
                }
            }
        });

        assertThat(kinds).containsExactly("in a hurry, killed", "in a hurry, paused", "once, killed", "once, paused");
    }

    private static boolean isEvaluator(Place place) {
        return place.service() == Service.POLICY_EVALUATOR;
    }

    /** A part of the tags is for each of the rules of a policy. */
    @Test
    void tagsOfEveryKindArePushed() {
        List<String> tags = seeds().boxed()
                .flatMap(seed -> FaultPlan.of(seed, APPS, EVENTS).stream())
                .flatMap(step -> step.event() instanceof FaultEvent.Push push ? push.tags().stream() : Stream.of())
                .toList();

        for (String kind : List.of("1\\.\\d+\\.0", "1\\.\\d+\\.[1-9]\\d*", "2\\..*", ".*-rc\\..*", "main-.*")) {
            assertThat(tags).as(kind).anyMatch(tag -> tag.matches(kind));
        }
    }

    private static EnumSet<Manner> manners(List<FaultEvent> events) {
        EnumSet<Manner> manners = EnumSet.noneOf(Manner.class);
        events.forEach(event -> {
            if (event instanceof FaultEvent.Outage outage) {
                manners.add(outage.manner());
            }
        });
        return manners;
    }
}
