package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.events.Branch;
import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.partition.Epoch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A branch that this replica writes in one epoch, and what its runs leave to the next one. Runs follow each other: but for
 * what says otherwise it is for one thread at a time.
 */
final class OpenBranch implements AutoCloseable {

    private final Branch branch;
    private final Epoch epoch;
    private final BranchStates states;
    private final WorkingClone.Factory clones;
    private final Deque<Envelope<?>> unpublished = new ArrayDeque<>();
    private final Map<String, String> reported = new HashMap<>();
    private final SecondPushes secondPushes = new SecondPushes();
    private volatile @Nullable ReadingClone clone;
    private @Nullable String head;
    private final Set<String> secrets = new HashSet<>();
    private final Set<BranchTagFound> asked = new HashSet<>();

    /** Under the shard's lock. */
    private long version;

    /** For any thread. */
    private volatile boolean well;

    OpenBranch(Branch branch, Epoch epoch, BranchStates states, WorkingClone.Factory clones) {
        this.branch = branch;
        this.epoch = epoch;
        this.states = states;
        this.clones = clones;
    }

    Branch branch() {
        return branch;
    }

    Epoch epoch() {
        return epoch;
    }

    BranchStates states() {
        return states;
    }

    SecondPushes secondPushes() {
        return secondPushes;
    }

    /** Made at its first use. */
    WorkingClone workingClone() {
        ReadingClone made = clone;
        if (made == null) {
            made = new ReadingClone(clones.open(branch));
            clone = made;
        }
        return made;
    }

    /** Does something if a remote is read at this moment. For any thread. */
    void whileReading(Runnable action) {
        ReadingClone made = clone;
        if (made != null) {
            made.whileReading(action);
        }
    }

    /** Up to which commit the remote's history was read, or written; null before. */
    @Nullable
    String head() {
        return head;
    }

    void head(String read) {
        head = read;
    }

    void add(Envelope<?> event) {
        unpublished.add(event);
    }

    boolean hasUnpublished() {
        return !unpublished.isEmpty();
    }

    /** Events that the broker did not take stay here and go first next time: a pushed commit is never unreported. */
    void publish(EventPublisher publisher) {
        while (!unpublished.isEmpty()) {
            publisher.append(unpublished.getFirst());
            unpublished.removeFirst();
        }
    }

    /** Whether this is not what was said of the automation last. */
    boolean isNews(String automation, String problem) {
        return !problem.equals(reported.put(automation, problem));
    }

    void wentWell(String automation) {
        reported.remove(automation);
    }

    /** Whether this was not asked yet. */
    boolean asks(BranchTagFound question) {
        return asked.add(question);
    }

    /** What was asked may be lost: it is asked again. */
    void askAgain() {
        asked.clear();
    }

    /** Whether its writers are others than those that it was opened, or woken, for last. Under the shard's lock. */
    boolean isNews(long writers) {
        boolean news = writers != version;
        version = writers;
        return news;
    }

    /** A run begins: it reads anew what remotes are reached with. */
    void begin() {
        well = false;
        secrets.clear();
    }

    /** A remote is reached with this. */
    void uses(Access access) {
        secrets.addAll(access.secrets());
    }

    /** Takes out of a text what the remotes were reached with in this run. */
    Redaction redaction() {
        return Redaction.of(secrets);
    }

    void end(boolean endedWell) {
        well = endedWell;
    }

    /** Whether the last run came to a good end, and none is under way. For any thread. */
    boolean isWell() {
        return well;
    }

    @Override
    public void close() {
        ReadingClone made = clone;
        if (made != null) {
            made.close();
        }
    }
}
