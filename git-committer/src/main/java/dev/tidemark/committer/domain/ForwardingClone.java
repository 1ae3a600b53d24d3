package dev.tidemark.committer.domain;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A clone that is observed by whoever overrides something. */
public abstract class ForwardingClone implements WorkingClone {

    private final WorkingClone of;

    /** @param of the clone that does the work */
    protected ForwardingClone(WorkingClone of) {
        this.of = of;
    }

    @Override
    public Map<String, String> heads() {
        return of.heads();
    }

    @Override
    public FetchOutcome fetch(Source source, Set<Checkout> wanted) {
        return of.fetch(source, wanted);
    }

    @Override
    public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
        return of.history(source, ref, known, limit);
    }

    @Override
    public FileTree tree(String commit) {
        return of.tree(commit);
    }

    @Override
    public String commit(String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer) {
        return of.commit(parent, contents, text, signer);
    }

    @Override
    public PushOutcome push(
            Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
        return of.push(source, ref, commit, expected, options);
    }

    @Override
    public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
        return of.push(source, refspec, commit, options);
    }

    @Override
    public void discard() {
        of.discard();
    }

    @Override
    public void close() {
        of.close();
    }
}
