package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.REF;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.MemoryStatuses;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is delivered twice, late or in another order: the branch ends at the newest selections, each written once. */
class SelectionHistoryTest {

    private static final int STEPS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void redeliveredDuplicatedAndReorderedSelectionsYieldNoSecondCommit(long seed) throws Exception {
        Random random = new Random(seed);
        MemoryRemote remote = new MemoryRemote();
        MemoryLog log = new MemoryLog();
        remote.commit("refs/heads/main", Map.of(FILE, file("web", "v0", "db", "v0")));
        Manifests manifests = Manifests.of(
                Manifests.REPOSITORY, Manifests.AUTOMATION, Manifests.policy("web"), Manifests.policy("db"));
        MemoryStatuses statuses = new MemoryStatuses();
        AtomicReference<String> owner = new AtomicReference<>("a");
        List<Replica> replicas = new ArrayList<>(List.of(
                new Replica("a", remote, log, manifests, statuses, owner),
                new Replica("b", remote, log, manifests, statuses, owner)));
        List<Envelope<TagSelected>> history = new ArrayList<>();
        Map<String, Long> newest = new HashMap<>();

        for (int step = 1; step <= STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    String policy = random.nextBoolean() ? "web" : "db";
                    history.add(MemoryLog.selection(policy, "v" + step, step));
                    deliver(log, history.getLast());
                    newest.put(policy, (long) step);
                }
                case 2 -> {
                    if (!history.isEmpty()) {
                        deliver(log, history.get(random.nextInt(history.size())));
                    }
                }
                case 3 -> {
                    owner.set(owner.get().equals("a") ? "b" : "a");
                    takeOver(replicas, remote, log, manifests, statuses, owner);
                }
                case 4 -> takeOver(replicas, remote, log, manifests, statuses, owner);
                default -> {}
            }
            Replica acting = replicas.get(random.nextInt(2));
            if (random.nextInt(4) == 0) {
                acting.ask();
            } else {
                acting.react();
            }
        }
        history.forEach(selection -> {
            TagSelected event = selection.event();
            if (newest.getOrDefault(event.target().name(), 0L) == event.sequence()) {
                deliver(log, selection);
            }
        });
        new Replica(owner.get(), remote, log, manifests, statuses, owner).ask();

        String expected = file("web", "v" + newest.getOrDefault("web", 0L), "db", "v" + newest.getOrDefault("db", 0L));
        String ref = remote.refs.containsKey(REF) ? REF : "refs/heads/main";
        assertThat(remote.read(ref, FILE)).as("seed " + seed).isEqualTo(expected);
        List<String> values = log.events(Committed.class).stream()
                .flatMap(committed -> committed.changes().stream())
                .map(change -> change.setter() + '=' + change.newValue())
                .toList();
        assertThat(new HashSet<>(values)).as("seed " + seed).hasSameSizeAs(values);
    }

    /** The owner begins anew from the log; the other one goes on as it was, as a replica that was paused does. */
    private static void takeOver(
            List<Replica> replicas,
            MemoryRemote remote,
            MemoryLog log,
            Manifests manifests,
            MemoryStatuses statuses,
            AtomicReference<String> owner) {
        replicas.set(
                owner.get().equals("a") ? 0 : 1, new Replica(owner.get(), remote, log, manifests, statuses, owner));
    }

    /** A compacted table keeps what was written last, also when that is old. */
    private static void deliver(MemoryLog log, Envelope<TagSelected> selection) {
        log.selected.put(selection.event().target(), selection);
    }
}
