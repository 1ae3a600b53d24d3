package dev.tidemark.systemtests;

import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.EndStateModel.Violation;
import dev.tidemark.systemtests.FaultPlan.Step;
import dev.tidemark.systemtests.Services.Replica;
import dev.tidemark.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two replicas of each of the four services and a broker as processes, to which everything happens that a plan says. In the
 * end all is healed and every app gets one more version: when the model finds nothing wrong with that either, the run has
 * passed.
 */
final class FaultHarness implements AutoCloseable {

    /** On an idle machine all is at rest in seconds; the machine that tests is not idle. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Longer than an interval of the polled images: what a poll could still spoil is spoilt in this time. */
    private static final Duration REST = Duration.ofSeconds(6);

    private static final int PARTITIONS = 4;

    /** Above every version that a plan pushes below the next major one. */
    private static final int LAST_MINOR = 100_000;

    private final Path folder;
    private final Programs programs;
    private final OwnBroker broker;
    private final HarnessCluster cluster;
    private final Services services;
    private final Webhooks webhooks = new Webhooks();
    private final LogReader log;
    private final Map<Place, Replica> replicas = new LinkedHashMap<>();
    private final Set<Place> absent = new HashSet<>();
    private final Set<Place> paused = new HashSet<>();
    private final List<String> story = new ArrayList<>();
    private final long began = System.nanoTime();

    /** @param folder for everything that a run leaves behind */
    FaultHarness(Path folder) throws IOException {
        this.folder = folder;
        programs = new Programs(folder);
        broker = new OwnBroker(programs, folder.resolve("broker"));
        cluster = new HarnessCluster(folder);
        services = new Services(
                programs,
                broker.bootstrapServers(),
                PARTITIONS,
                cluster.manifests(),
                cluster.state(),
                cluster.registry());
        log = new LogReader(broker.bootstrapServers(), PARTITIONS);
    }

    /** Returns when everything runs and the first version is everywhere. */
    private void start() throws IOException, InterruptedException {
        broker.start();
        for (FaultPlan.App app : HarnessCluster.APPS) {
            for (String repository : app.repositories()) {
                cluster.push(repository, "1.1.0");
            }
        }
        for (int number = 0; number < FaultPlan.REPLICAS; number++) {
            for (Service service : Service.values()) {
                put(new Place(service, number), services.start(service));
            }
        }
        webhooks.sendTo(replicas.entrySet().stream()
                .filter(entry -> entry.getKey().service() == Service.REGISTRY_WATCHER)
                .map(entry -> cluster.hook(entry.getValue().http()))
                .toList());
        awaitRest("the first version");
    }

    /** Starts, carries out the plan, heals what is broken after it, and waits until the model finds nothing wrong. */
    void run(List<Step> plan) throws IOException, InterruptedException {
        start();
        for (Step step : plan) {
            pass(step.pause());
            tell(step.event().toString());
            carryOut(step.event());
        }
        tell("heal");
        heal();
        awaitRest("the end of the faults");
        for (EndState.App app : cluster.apps().values()) {
            push(app.follows(), app.maxMajor() + "." + LAST_MINOR + ".0", true);
        }
        awaitRest("one more version of each app");
        if (cluster.check().contains("error")) {
            throw new AssertionError("git fsck: " + cluster.check());
        }
    }

    private void carryOut(FaultEvent event) throws IOException, InterruptedException {
        switch (event) {
            case FaultEvent.Push(String repository, List<String> tags, boolean told) -> {
                for (String tag : tags) {
                    push(repository, tag, told);
                }
            }
            case FaultEvent.Move(String app, List<String> repositories) -> {
                for (String repository : repositories) {
                    cluster.move(app, repository);
                }
            }
            case FaultEvent.Widen(String app) -> cluster.widen(app);
            case FaultEvent.Kill(Place place) -> {
                replica(place).kill();
                absent.add(place);
            }
            case FaultEvent.Stop(Place place) -> stop(place);
            case FaultEvent.Start(Place place, Duration clock) -> start(place, clock);
            case FaultEvent.Pause(Place place) -> {
                replica(place).program().pause();
                paused.add(place);
            }
            case FaultEvent.Resume(Place place) -> resume(place);
            case FaultEvent.Roll(Service service) -> roll(service);
            case FaultEvent.EndBroker(boolean orderly) -> broker.end(orderly);
            case FaultEvent.StartBroker() -> broker.start();
            case FaultEvent.Outage(FaultEvent.Remote remote, FaultEvent.Manner manner) -> cluster.fail(remote, manner);
            case FaultEvent.Recovery(FaultEvent.Remote remote) -> cluster.recover(remote);
        }
    }

    private void push(String repository, String tag, boolean told) throws IOException, InterruptedException {
        cluster.push(repository, tag);
        if (told) {
            webhooks.tell(repository, tag);
        }
    }

    private void stop(Place place) throws InterruptedException {
        var program = replica(place).program();
        program.process().destroy();
        int unused = program.exitCode(LIMIT.toSeconds());
        absent.add(place);
    }

    private void start(Place place, Duration clock) throws IOException {
        put(place, services.restart(replica(place), clock.isZero() ? Map.of() : ahead(clock)));
        absent.remove(place);
    }

    private void put(Place place, Replica replica) {
        replicas.put(place, replica);
        tell(place + " prints to " + replica.program().out().getFileName());
    }

    /** Debian's libfaketime: the clock of the calendar is another, that of timers is not. */
    private static Map<String, String> ahead(Duration clock) {
        Path unused = Tools.require("faketime", "faketime");
        return Map.of(
                "LD_PRELOAD", "/usr/$LIB/faketime/libfaketime.so.1",
                "FAKETIME", "+" + clock.toSeconds() + "s",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private void resume(Place place) throws IOException, InterruptedException {
        replica(place).program().resume();
        paused.remove(place);
    }

    private void roll(Service service) throws IOException, InterruptedException {
        for (int number = 0; number < FaultPlan.REPLICAS; number++) {
            Place place = new Place(service, number);
            stop(place);
            start(place, Duration.ZERO);
            try {
                await().atMost(LIMIT).until(() -> services.isReady(replica(place)));
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(place + " is not ready after its restart\n" + context(), e);
            }
        }
    }

    private void heal() throws IOException, InterruptedException {
        for (FaultEvent.Remote remote : FaultEvent.Remote.values()) {
            cluster.recover(remote);
        }
        if (!broker.isRunning()) {
            broker.start();
        }
        for (Place place : List.copyOf(paused)) {
            resume(place);
        }
        for (Place place : List.copyOf(absent)) {
            start(place, Duration.ZERO);
        }
    }

    private void awaitRest(String after) {
        tell("await rest after " + after);
        List<List<Violation>> last = new ArrayList<>(List.of(List.of()));
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .during(REST)
                    .until(() -> webhooksAreAnswered() && violations(last).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw failure(after, last.getFirst());
        }
        tell("at rest");
    }

    private boolean webhooksAreAnswered() {
        return webhooks.open().isEmpty();
    }

    private List<Violation> violations(List<List<Violation>> last) throws IOException, InterruptedException {
        List<Violation> now = EndStateModel.violations(observe(), HarnessCluster.BEGIN);
        last.set(0, now);
        if (now.stream().anyMatch(violation -> !violation.rule().mayHeal())) {
            throw failure("what cannot be made good", now);
        }
        return now;
    }

    private EndState observe() throws IOException, InterruptedException {
        List<String> notReady = new ArrayList<>();
        for (var entry : replicas.entrySet()) {
            if (!services.isReady(entry.getValue())) {
                notReady.add(entry.getKey().toString());
            }
        }
        if (!notReady.isEmpty()) {
            // the topics may not even be there
            return new EndState(cluster.apps(), Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), notReady, 0);
        }
        var branches = cluster.branches();
        return new EndState(
                cluster.apps(),
                branches,
                log.sequences(),
                log.applied(),
                webhooks.answered(),
                log.discovered(),
                notReady,
                log.deadLetters());
    }

    private AssertionError failure(String after, List<Violation> violations) {
        StringBuilder text = new StringBuilder("after ").append(after).append(":\n");
        violations.forEach(violation -> text.append("  ")
                .append(violation.rule())
                .append(' ')
                .append(violation.what())
                .append('\n'));
        new TreeSet<>(webhooks.open().stream().map(Object::toString).toList())
                .forEach(told -> text.append("  not answered: ").append(told).append('\n'));
        return new AssertionError(text.append(context()).toString());
    }

    /** What happened, and where everything else lies. */
    private String context() {
        StringBuilder text = new StringBuilder("what happened:\n");
        story.forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("the services' output lies in ").append(folder).append('\n');
        return text.toString();
    }

    private void tell(String event) {
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        story.add("%7.1f s  %s".formatted(millis / 1000.0, event));
        try {
            Files.write(folder.resolve("story.txt"), story);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Time is part of the plan; nothing is waited for. */
    private static void pass(Duration time) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Replica replica(Place place) {
        return Objects.requireNonNull(replicas.get(place));
    }

    @Override
    public void close() {
        webhooks.close();
        services.close();
        programs.close();
        cluster.close();
    }
}
