package dev.tidemark.committer.domain;

import dev.tidemark.committer.message.TemplateMessages;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.events.Branch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One replica of the committer, for one branch, on fakes of its ports. */
final class Replica {

    static final Branch BRANCH = new Branch("git.example/org/fleet", "staging");
    static final String REF = "refs/heads/staging";
    static final String FILE = "app.yaml";

    final MemoryRemote.Clone clone;
    final MemoryLog.Table table;
    private final BranchReconciler reconciler;

    /** @param owner names the replica that the group sees as the owner, and can be changed by the test */
    Replica(String name, MemoryRemote remote, MemoryLog log, Manifests manifests, AtomicReference<String> owner) {
        this(name, remote, log, manifests, owner, () -> {});
    }

    /** @param beforeProof runs between the edit and the proof of ownership */
    Replica(
            String name,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            AtomicReference<String> owner,
            Runnable beforeProof) {
        this(name, remote, log, manifests, owner, beforeProof, MemoryLog.START);
    }

    /** @param now what its clock says */
    Replica(
            String name,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            AtomicReference<String> owner,
            Runnable beforeProof,
            Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        this.clone = remote.new Clone();
        this.table = log.new Table();
        Ownership ownership = new Ownership() {
            @Override
            public boolean owns(Branch branch) {
                return true;
            }

            @Override
            public boolean proves(Branch branch) {
                beforeProof.run();
                return name.equals(owner.get());
            }
        };
        Plans plans = new Plans(new Planner("local", true), manifests, table);
        BranchStates states = new BranchStates();
        log.restore(List.of()).forEach(states::put);
        BranchWriter writer = new BranchWriter(
                clone, table, ownership, new YamlSetters(), new TemplateMessages(clock), clock, Duration.ofSeconds(1));
        this.reconciler = new BranchReconciler(
                BRANCH,
                writer,
                plans,
                log,
                new AutomationStatuses(manifests, clock),
                new Backoff(Duration.ofMillis(750), Duration.ofMinutes(15)),
                clock,
                states);
    }

    /** Reacts to a selection: no look at the remote. */
    Instant react() throws InterruptedException {
        return reconciler.reconcile(false);
    }

    /** Looks at the remote first, as on assignment and at every interval. */
    Instant look() throws InterruptedException {
        return reconciler.reconcile(true);
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
