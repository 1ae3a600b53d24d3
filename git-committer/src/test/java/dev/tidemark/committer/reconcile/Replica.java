package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.CommitSigning;
import dev.tidemark.committer.domain.Credentials;
import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.git.SigningKeys;
import dev.tidemark.committer.message.TemplateMessages;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Target;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.reconcile.Priority;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Run;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One replica of the committer, for one branch, on fakes of its ports; runs happen when the test says so. */
final class Replica {

    static final Branch BRANCH = new Branch("git.example/org/fleet", "staging");
    static final String REF = "refs/heads/staging";
    static final String FILE = "app.yaml";

    private static final Epoch EPOCH = new Epoch(0, 1);

    final MemoryRemote.Clone clone;
    final Table table;
    int fences;
    private final Clock clock;
    private final Backoff backoff = new Backoff(Duration.ofMillis(750), Duration.ofMinutes(15), 0, new Random(1));
    private final ResourceCache resources;
    private final World writing = new World(1);
    private final Plans plans;
    private final BranchReconciler reconciler;
    private int failures;

    /** The replica's table of the selections: current, or stuck at a moment. */
    static final class Table {

        private final MemoryLog log;
        private final Map<Target, Envelope<TagSelected>> seen = new HashMap<>();
        boolean stuck;

        Table(MemoryLog log) {
            this.log = log;
        }

        Optional<Envelope<TagSelected>> of(Target target) {
            if (!stuck) {
                seen.remove(target);
                log.selection(target).ifPresent(now -> seen.put(target, now));
            }
            return Optional.ofNullable(seen.get(target));
        }
    }

    /** @param owner names the replica that the group sees as the owner, and can be changed by the test */
    Replica(
            String name,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            MemoryStatuses statuses,
            AtomicReference<String> owner) {
        this(name, remote, log, manifests, statuses, owner, () -> {});
    }

    /** @param beforeProof runs between the edit and the proof of ownership */
    Replica(
            String name,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            MemoryStatuses statuses,
            AtomicReference<String> owner,
            Runnable beforeProof) {
        this(name, remote, log, manifests, statuses, owner, beforeProof, MemoryLog.START);
    }

    /** @param now what its clock says */
    Replica(
            String name,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            MemoryStatuses statuses,
            AtomicReference<String> owner,
            Runnable beforeProof,
            Instant now) {
        this.clock = Clock.fixed(now, ZoneOffset.UTC);
        this.clone = remote.new Clone();
        this.table = new Table(log);
        Ownership ownership = new Ownership() {
            @Override
            public Optional<Epoch> epoch(int partition) {
                return Optional.of(EPOCH);
            }

            @Override
            public boolean fence(Epoch epoch) {
                fences++;
                beforeProof.run();
                return name.equals(owner.get());
            }
        };
        this.resources = manifests.cache();
        this.plans = new Plans(
                new Planner("local", CrossNamespaceRefs.ALLOWED, (automation, fault) -> {}),
                resources,
                target -> table.of(target),
                1);
        BranchStates states = new BranchStates();
        log.states().forEach(states::loaded);
        OpenBranch branch = new OpenBranch(BRANCH, EPOCH, states, opened -> clone);
        this.reconciler = new BranchReconciler(
                new BranchReconciler.Branches() {
                    @Override
                    public Optional<OpenBranch> find(Branch wanted) {
                        return Optional.of(branch);
                    }

                    @Override
                    public Optional<OpenBranch> shut(Branch wanted) {
                        return Optional.empty();
                    }
                },
                ownership,
                plans,
                new Credentials(manifests),
                () -> !table.stuck,
                new CommitBuilder(
                        new YamlSetters(),
                        new TemplateMessages(clock),
                        new CommitSigning(manifests, new SigningKeys(Clock.systemUTC())),
                        clock),
                log,
                new AutomationStatuses(
                        new StatusPublisher(statuses, statuses, backoff, writing.replica("statuses")),
                        statuses,
                        Runnable::run,
                        plans,
                        ownership,
                        clock),
                clock);
    }

    /** Reacts to a selection: the remote is not asked first. */
    Instant react() throws InterruptedException {
        return run(Set.of(Priority.URGENT));
    }

    /** Asks the remote first, as on assignment and at every interval. */
    Instant ask() throws InterruptedException {
        return run(Set.of(Priority.ROUTINE));
    }

    /** As the loop does it; returns when the next run is due. */
    private Instant run(Set<Priority> asked) throws InterruptedException {
        resources.all(Kinds.IMAGE_UPDATE_AUTOMATION).forEach(automation -> {
            var unused = plans.plan(automation.id());
        });
        Run run = new Run(asked, failures, backoff.after(failures + 1), clock);
        ReconcileResult result;
        try {
            result = reconciler.reconcile(BRANCH, run);
        } catch (RuntimeException | Error fault) {
            reconciler.failed(BRANCH, fault, run);
            result = new ReconcileResult.Retry();
        }
        writing.settle();
        return switch (result) {
            case ReconcileResult.Retry retry -> {
                failures++;
                yield run.nextTry();
            }
            case ReconcileResult.Done(Duration interval) -> {
                failures = 0;
                yield clock.instant().plus(interval);
            }
            case ReconcileResult.RequeueAfter(Duration delay) -> clock.instant().plus(delay);
            case ReconcileResult.AwaitChange awaitChange -> Instant.MAX;
            case ReconcileResult.Gone gone -> Instant.MAX;
        };
    }

    /** A file with one marked line for each policy. */
    static String file(String... policiesAndTags) {
        StringBuilder text = new StringBuilder("kind: ConfigMap\ndata:\n");
        for (int i = 0; i < policiesAndTags.length; i += 2) {
            text.append("  %s: %s # {\"$imagepolicy\": \"apps:%s:tag\"}\n"
                    .formatted(policiesAndTags[i], policiesAndTags[i + 1], policiesAndTags[i]));
        }
        return text.toString();
    }
}
