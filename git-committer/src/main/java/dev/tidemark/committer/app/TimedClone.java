package dev.tidemark.committer.app;

import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.ForwardingClone;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.runtime.trace.Steps;
import dev.tidemark.runtime.trace.Steps.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A clone that notes what led to each commit that its remote has: its edit, and what was done at the remote since the push
 * before, attempts that lost among it. It is for one thread at a time, as the runs over a branch are.
 */
final class TimedClone extends ForwardingClone {

    /** More than an update whose pushes lose as often as a run tries: fetch, reading back, push. */
    static final int MAX_STEPS = 20;

    private final Steps steps;
    private final Clock clock;
    private final List<Step> atRemote = new ArrayList<>();

    /** By their commits, which the next push has. */
    private final Map<String, Step> edits = new LinkedHashMap<>();

    private Instant treeGiven;
    private boolean pushed;

    TimedClone(WorkingClone of, Steps steps, Clock clock) {
        super(of);
        this.steps = steps;
        this.clock = clock;
        this.treeGiven = clock.instant();
    }

    @Override
    public FetchOutcome fetch(Source source, Set<Checkout> wanted) {
        String name = heads().isEmpty() ? "clone" : "fetch";
        edits.clear();
        Instant begin = begin();
        FetchOutcome outcome = super.fetch(source, wanted);
        note(name, begin);
        return outcome;
    }

    @Override
    public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
        Instant begin = begin();
        HistoryOutcome outcome = super.history(source, ref, known, limit);
        note("read-back", begin);
        return outcome;
    }

    @Override
    public FileTree tree(String commit) {
        treeGiven = begin();
        return super.tree(commit);
    }

    @Override
    public String commit(String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer) {
        String commit = super.commit(parent, contents, text, signer);
        edits.put(commit, new Step("edit", treeGiven, clock.instant()));
        return commit;
    }

    @Override
    public PushOutcome push(
            Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
        Instant begin = begin();
        PushOutcome outcome = super.push(source, ref, commit, expected, options);
        note("push", begin);
        if (outcome instanceof PushOutcome.Accepted) {
            tell();
        }
        return outcome;
    }

    /** The branch has the commits already; this one is for them, too. */
    @Override
    public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
        Instant begin = clock.instant();
        PushOutcome outcome = super.push(source, refspec, commit, options);
        note("push", begin);
        tell();
        return outcome;
    }

    /** Something new begins where the last push went through. */
    private Instant begin() {
        if (pushed) {
            pushed = false;
            atRemote.clear();
            edits.clear();
        }
        return clock.instant();
    }

    private void note(String name, Instant begin) {
        if (atRemote.size() == MAX_STEPS) {
            atRemote.removeFirst();
        }
        atRemote.add(new Step(name, begin, clock.instant()));
    }

    private void tell() {
        pushed = true;
        edits.forEach((commit, edit) -> {
            List<Step> led = new ArrayList<>(atRemote);
            led.add(edit);
            steps.ledTo(commit, led);
        });
    }
}
