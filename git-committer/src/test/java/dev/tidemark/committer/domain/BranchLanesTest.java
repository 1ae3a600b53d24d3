package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BranchLanesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final MemoryLog log = new MemoryLog();
    private final Manifests manifests = Manifests.of(Manifests.AUTOMATION, Manifests.policy("web"));
    private final List<Branch> opened = new ArrayList<>();
    private final BlockingQueue<Boolean> runs = new LinkedBlockingQueue<>();
    private final BranchLanes lanes = lanes();

    private BranchLanes lanes() {
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(Duration.ofMillis(1), LONG);
        return new BranchLanes(
                new Plans(new Planner("local", true), manifests, log.new Table()),
                log,
                new AutomationStatuses(manifests, clock),
                clock,
                1,
                new BranchStates(),
                branch -> {
                    opened.add(branch);
                    return new Lane(
                            branch.text(),
                            look -> {
                                runs.add(look);
                                return clock.instant().plus(LONG);
                            },
                            backoff,
                            clock,
                            () -> {});
                });
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    private Boolean nextRun() throws InterruptedException {
        Boolean run = runs.poll(30, TimeUnit.SECONDS);
        assertThat(run).as("a run").isNotNull();
        return Boolean.TRUE.equals(run);
    }

    @Test
    void opensALaneWhenTheRepositoryComesAndSaysOnceWhyThereIsNone() throws Exception {
        lanes.assigned(Set.of(0));
        lanes.refresh();
        assertThat(opened).isEmpty();
        assertThat(log.events(Event.UpdateFailed.class)).hasSize(1);

        manifests.apply(Manifests.REPOSITORY);
        lanes.refresh();

        assertThat(nextRun()).as("the first run looks at the remote").isTrue();
        assertThat(opened).containsExactly(new Branch("git.example/org/fleet", "staging"));
    }

    @Test
    void reactsToASelectionOfItsNamespaceWithoutALook() throws Exception {
        manifests.apply(Manifests.REPOSITORY);
        lanes.assigned(Set.of(0));
        nextRun();

        lanes.selected(Set.of("local/ImagePolicy/elsewhere/web"));
        lanes.selected(Set.of("local/ImagePolicy/apps/web"));

        assertThat(nextRun()).isFalse();
        assertThat(runs).isEmpty();
    }

    @Test
    void aRecordThatNamesNoTargetConcernsNobody() throws Exception {
        manifests.apply(Manifests.REPOSITORY);
        lanes.assigned(Set.of(0));
        nextRun();

        lanes.selected(Set.of("garbage", "local/ImagePolicy/apps/web", "a/b/c/d/e", ""));

        assertThat(nextRun()).isFalse();
    }

    @Test
    void looksAgainWhenTheAutomationChanges() throws Exception {
        manifests.apply(Manifests.REPOSITORY);
        lanes.assigned(Set.of(0));
        nextRun();

        manifests.apply(Manifests.AUTOMATION.replace(
                "{name: auto, namespace: apps}",
                "{name: auto, namespace: apps, annotations: {reconcile.fluxcd.io/requestedAt: now}}"));
        lanes.refresh();

        assertThat(nextRun()).isTrue();
    }

    @Test
    void opensNothingForBranchesOfOthers() {
        manifests.apply(Manifests.REPOSITORY);

        lanes.refresh();

        assertThat(opened).isEmpty();
    }

    @Test
    void closesTheLaneOfABranchThatIsGivenUpAndOpensItAnewOnReturn() throws Exception {
        manifests.apply(Manifests.REPOSITORY);
        lanes.assigned(Set.of(0));
        nextRun();

        lanes.revoked(Set.of(0));
        lanes.selected(Set.of("local/ImagePolicy/apps/web"));
        lanes.assigned(Set.of(0));

        assertThat(nextRun()).isTrue();
        assertThat(opened).hasSize(2);
    }
}
