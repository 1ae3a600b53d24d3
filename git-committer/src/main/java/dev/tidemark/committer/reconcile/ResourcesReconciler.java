package dev.tidemark.committer.reconcile;

import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Declarations.Changed;
import dev.tidemark.committer.domain.PolicyChange;
import dev.tidemark.committer.domain.References;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.reconcile.ReconcileResult;
import dev.tidemark.runtime.reconcile.Reconciler;
import dev.tidemark.runtime.reconcile.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans what changes of resources concern, and nothing else, and has branches follow. Many changes at once are one run, so
 * that a branch is opened with all of its writers.
 */
final class ResourcesReconciler implements Reconciler<String> {

    /** The one key. */
    static final String ALL = "all";

    /** A source that was away at the start gives what it has when it is back. */
    private static final Duration WAIT_FOR_SOURCE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(ResourcesReconciler.class.getName());

    private final Resources resources;
    private final Plans plans;
    private final OwnedBranches branches;
    private final Consumer<ResourceId> deleted;

    /** What is to be done, under its own lock. */
    private final Set<Note> notes = new LinkedHashSet<>();

    private int leftOut;

    /** @param deleted is told of automations that are gone */
    ResourcesReconciler(Resources resources, Plans plans, OwnedBranches branches, Consumer<ResourceId> deleted) {
        this.resources = resources;
        this.plans = plans;
        this.branches = branches;
        this.deleted = deleted;
    }

    /** Notes what changes concern. Returns at once. */
    void changed(List<Change> changes) {
        List<Note> concerned = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind().equals(Kinds.IMAGE_UPDATE_AUTOMATION)) {
                concerned.add(new Note.Automation(change.id()));
            } else if (change.kind().equals(Kinds.GIT_REPOSITORY)) {
                References.ofRepository(change.id(), resources)
                        .forEach(automation -> concerned.add(new Note.Automation(automation.id())));
            } else {
                PolicyChange.of(change).ifPresent(policy -> concerned.add(new Note.Policy(policy)));
            }
        }
        add(concerned);
    }

    /** The same for a Secret. */
    void secretChanged(ResourceId secret) {
        add(List.of(new Note.Secret(secret)));
    }

    private void add(Collection<? extends Note> more) {
        synchronized (notes) {
            notes.addAll(more);
        }
    }

    private List<Note> take() {
        synchronized (notes) {
            List<Note> taken = List.copyOf(notes);
            notes.clear();
            return taken;
        }
    }

    @Override
    public ReconcileResult reconcile(String key, Run run) {
        if (!resources.isComplete()) {
            return new ReconcileResult.RequeueAfter(WAIT_FOR_SOURCE);
        }
        boolean first = !plans.isComplete();
        if (first) {
            resources
                    .all(Kinds.IMAGE_UPDATE_AUTOMATION)
                    .forEach(automation -> add(List.of(new Note.Automation(automation.id()))));
        }
        List<Note> failed = new ArrayList<>();
        for (List<Note> batch = take(); !batch.isEmpty(); batch = take()) {
            for (Note note : batch) {
                if (!guarded(note)) {
                    failed.add(note);
                }
            }
        }
        if (first) {
            plans.completed();
            branches.followAll();
        }
        tellLeftOut();
        add(failed);
        return failed.isEmpty() ? new ReconcileResult.AwaitChange() : new ReconcileResult.Retry();
    }

    /** A fault costs what is noted and nothing else; it is tried again. */
    private boolean guarded(Note note) {
        try {
            work(note);
            return true;
        } catch (RuntimeException | Error fault) {
            Faults.rethrowFatal(fault);
            LOG.log(Level.WARNING, LogKeys.line("change-failed", LogKeys.REASON, note), fault);
            return false;
        }
    }

    private void work(Note note) {
        switch (note) {
            case Note.Automation(ResourceId id) -> {
                Changed changed = plans.plan(id);
                add(changed.branches().stream().map(Note.Writers::new).toList());
                add(changed.notPlanned().stream().map(Note.Problem::new).toList());
                if (!plans.exists(id)) {
                    deleted.accept(id);
                }
            }
            case Note.Policy(PolicyChange change) -> plans.concerned(change).forEach(branches::wake);
            case Note.Secret(ResourceId id) -> plans.reachedWith(id).forEach(branches::secretChanged);
            case Note.Writers writers -> branches.follow(writers.branch());
            case Note.Problem problem -> branches.follow(problem.automation());
        }
    }

    private void tellLeftOut() {
        int now = plans.leftOut();
        if (now > leftOut) {
            LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "automations-left-out",
                            LogKeys.COUNT,
                            now,
                            LogKeys.REASON,
                            "more than " + Declarations.MAX_AUTOMATIONS));
        }
        leftOut = now;
    }

    @Override
    public void failed(String key, Throwable fault, Run run) {
        LOG.log(Level.WARNING, LogKeys.line("changes-failed", LogKeys.NEXT_TRY, run.nextTry()), fault);
    }
}
