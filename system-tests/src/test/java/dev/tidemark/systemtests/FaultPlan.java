package dev.tidemark.systemtests;

import dev.tidemark.systemtests.FaultEvent.Manner;
import dev.tidemark.systemtests.FaultEvent.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What happens in a run of the fault harness, made from a seed alone: the same seed, the same events. */
final class FaultPlan {

    /** At most so many things are broken at the same time; what two of them hide a third one hides, too. */
    static final int BROKEN_AT_ONCE = 3;

    static final int REPLICAS = 2;

    private static final int LONGEST_WAIT_MILLIS = 1_500;

    /** Twice the session of a group's members: some pauses are noticed, some are not. */
    private static final int LONGEST_PAUSE_MILLIS = 12_000;

    private static final int LONGEST_OUTAGE_MILLIS = 8_000;
    private static final int LONGEST_ABSENCE_MILLIS = 4_000;

    /** More than clocks of machines in a cluster differ, and more than any pause here lasts. */
    private static final Duration CLOCK_OFFSET = Duration.ofMinutes(2);

    private final Random random;
    private final List<App> apps;
    private final Tags tags;
    private final List<Step> steps = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private final Set<String> widened = new HashSet<>();
    private final Map<String, String> followed = new HashMap<>();
    private long now;
    private long last;

    /** @param polled whether a push is found also when nobody tells of it */
    record App(String name, boolean polled) {

        /** The repository that its policies follow at first. */
        String first() {
            return name;
        }

        /** The one that they may follow instead. */
        String second() {
            return name + "-new";
        }

        List<String> repositories() {
            return List.of(first(), second());
        }
    }

    /** @param pause before it, counted from the end of the step before */
    record Step(Duration pause, FaultEvent event) {}

    /** @param thing what cannot break again meanwhile */
    private record Broken(Object thing, long until, FaultEvent end) {}

    /** What cannot be broken twice, beside places and remotes. */
    private enum Single {
        BROKER
    }

    private FaultPlan(long seed, List<App> apps) {
        this.random = new Random(seed);
        this.apps = apps;
        this.tags = new Tags(random);
    }

    /**
     * Events, and the ends of what they broke among them: what is still broken after the last one is for the harness to
     * heal.
     */
    static List<Step> of(long seed, List<App> apps, int events) {
        FaultPlan plan = new FaultPlan(seed, apps);
        while (plan.steps.size() < events) {
            plan.next();
        }
        return List.copyOf(plan.steps);
    }

    private void next() {
        long then = now + random.nextInt(LONGEST_WAIT_MILLIS);
        Optional<Broken> over =
                broken.stream().filter(b -> b.until() <= then).min(Comparator.comparingLong(Broken::until));
        if (over.isPresent()) {
            broken.remove(over.get());
            now = Math.max(now, over.get().until());
            add(over.get().end());
        } else {
            now = then;
            add(draw());
        }
    }

    private void add(FaultEvent event) {
        steps.add(new Step(Duration.ofMillis(now - last), event));
        last = now;
    }

    private FaultEvent draw() {
        if (broken.stream().anyMatch(FaultPlan::isEvaluator) && random.nextInt(5) == 0) {
            return move();
        }
        int dice = random.nextInt(100);
        if (dice < 47 || broken.size() >= BROKEN_AT_ONCE) {
            return push();
        } else if (dice < 50) {
            return move();
        } else if (dice < 54) {
            return widen();
        } else if (dice < 84) {
            return harmReplica();
        } else if (dice < 87) {
            return broken.isEmpty() ? new FaultEvent.Roll(draw(List.of(Service.values()))) : push();
        } else if (dice < 90) {
            return harmBroker();
        } else {
            return harmRemote();
        }
    }

    private FaultEvent push() {
        App app = draw(apps);
        // what nobody follows may be followed again
        String repository = random.nextInt(10) < 8 ? follows(app) : draw(app.repositories());
        int count = random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(4);
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pushed.add(tags.next(repository));
        }
        Collections.shuffle(pushed, random);
        boolean told = random.nextInt(10) < 7 || !app.polled();
        return new FaultEvent.Push(repository, List.copyOf(pushed), told);
    }

    private String follows(App app) {
        return followed.getOrDefault(app.name(), app.first());
    }

    /** Who edits in a hurry is back in the middle of the first hand-over. */
    private FaultEvent move() {
        App app = draw(apps);
        int edits = random.nextInt(10) < 6 ? 1 : 2 + random.nextInt(2);
        List<String> repositories = new ArrayList<>();
        for (int i = 0; i < edits; i++) {
            String next = follows(app).equals(app.first()) ? app.second() : app.first();
            followed.put(app.name(), next);
            repositories.add(next);
        }
        return new FaultEvent.Move(app.name(), List.copyOf(repositories));
    }

    private static boolean isEvaluator(Broken broken) {
        return broken.thing() instanceof Place place && place.service() == Service.POLICY_EVALUATOR;
    }

    private FaultEvent widen() {
        String app = draw(apps).name();
        return widened.add(app) ? new FaultEvent.Widen(app) : push();
    }

    private FaultEvent harmReplica() {
        List<Place> well = Arrays.stream(Service.values())
                .flatMap(service ->
                        java.util.stream.IntStream.range(0, REPLICAS).mapToObj(number -> new Place(service, number)))
                .filter(this::isWell)
                .toList();
        Place place = draw(well);
        return switch (random.nextInt(4)) {
            case 0, 1 -> breaks(place, LONGEST_ABSENCE_MILLIS, start(place), new FaultEvent.Kill(place));
            case 2 -> breaks(place, LONGEST_ABSENCE_MILLIS, start(place), new FaultEvent.Stop(place));
            default -> breaks(place, LONGEST_PAUSE_MILLIS, new FaultEvent.Resume(place), new FaultEvent.Pause(place));
        };
    }

    private FaultEvent.Start start(Place place) {
        return new FaultEvent.Start(place, random.nextInt(4) == 0 ? CLOCK_OFFSET : Duration.ZERO);
    }

    private FaultEvent harmBroker() {
        return isWell(Single.BROKER)
                ? breaks(
                        Single.BROKER,
                        LONGEST_ABSENCE_MILLIS,
                        new FaultEvent.StartBroker(),
                        new FaultEvent.EndBroker(random.nextBoolean()))
                : push();
    }

    private FaultEvent harmRemote() {
        Remote remote = draw(List.of(Remote.values()));
        if (!isWell(remote)) {
            return push();
        }
        List<Manner> manners =
                switch (remote) {
                    case REGISTRY -> List.of(Manner.REFUSES, Manner.HANGS_UP, Manner.LISTS_HALF, Manner.LISTS_HALF);
                    case GIT -> List.of(Manner.REFUSES, Manner.HANGS_UP, Manner.LOSES_ANSWERS, Manner.LOSES_ANSWERS);
                };
        return breaks(
                remote,
                LONGEST_OUTAGE_MILLIS,
                new FaultEvent.Recovery(remote),
                new FaultEvent.Outage(remote, draw(manners)));
    }

    private boolean isWell(Object thing) {
        return broken.stream().noneMatch(b -> b.thing().equals(thing));
    }

    private FaultEvent breaks(Object thing, int longest, FaultEvent end, FaultEvent event) {
        broken.add(new Broken(thing, now + random.nextInt(longest), end));
        return event;
    }

    private <T> T draw(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
