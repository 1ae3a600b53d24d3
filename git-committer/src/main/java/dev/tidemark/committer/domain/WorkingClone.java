package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this replica knows of one remote: fetched heads and trees, and commits that are built but not yet pushed. */
public interface WorkingClone extends AutoCloseable {

    /** The heads as they were last fetched or pushed, by {@link Checkout#key}; empty when nothing was fetched yet. */
    Map<String, String> heads();

    /**
     * Brings these up to date; refs in one exchange. What the remote does not have, or not where it has to be, is absent
     * from the heads.
     */
    FetchOutcome fetch(Source source, Set<Checkout> wanted);

    /**
     * The commits of a ref's head that are newer than a known one.
     *
     * @param ref one that was fetched and is there
     * @param known null, or a commit that is perhaps not in its history: then as far back as the limit
     * @param limit how many commits at most
     */
    HistoryOutcome history(Source source, String ref, @Nullable String known, int limit);

    /** @throws DamagedCloneException from it, or from what it gives, where it cannot be read any more */
    FileTree tree(String commit);

    /**
     * Builds a commit on top of another one and returns its id; the remote sees nothing of it.
     *
     * @param signer null for none
     */
    String commit(String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer);

    /**
     * Moves a remote branch, if it still is where it is expected.
     *
     * @param expected null if the branch is expected not to exist
     */
    PushOutcome push(Source source, String ref, String commit, @Nullable String expected, Map<String, String> options);

    /**
     * Pushes to another ref, wherever that is; without force only if it loses no commit.
     *
     * @param options sent if the remote takes them
     */
    PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options);

    /** Forgets all that it has: that cannot be read, and is fetched again. */
    void discard();

    @Override
    void close();

    /** What a fetch came to. */
    sealed interface FetchOutcome {
        /** @param problems why a base is not among the heads, by its key; for one that is simply not there nothing */
        record Fetched(Map<String, String> heads, Map<String, String> problems) implements FetchOutcome {}

        /** @param denied whether the remote does not take the credentials */
        record Failed(String message, boolean denied) implements FetchOutcome {}
    }

    /** What reading back came to. */
    sealed interface HistoryOutcome {
        /** @param commits newest first */
        record Read(List<FoundCommit> commits) implements HistoryOutcome {}

        /** @param denied whether the remote does not take the credentials */
        record Failed(String message, boolean denied) implements HistoryOutcome {}
    }

    /** What a push came to. */
    sealed interface PushOutcome {
        record Accepted() implements PushOutcome {}

        /** The branch is not where it was expected: fetch, apply again, try again. */
        record Moved(String message) implements PushOutcome {}

        /**
         * The remote refuses: a hook, branch protection, missing rights.
         *
         * @param denied whether it does not take the credentials
         */
        record Refused(String message, boolean denied) implements PushOutcome {}

        /** Whether the branch moved is not known: fetch before trying again. */
        record Unclear(String message) implements PushOutcome {}
    }

    /** Makes the clone of a branch's remote. */
    @FunctionalInterface
    interface Factory {
        WorkingClone open(Branch branch);
    }
}
