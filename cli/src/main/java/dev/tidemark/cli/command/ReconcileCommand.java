package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.ObjectHealth;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.flux.view.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a run now and waits for it. */
@Command(
        name = "reconcile",
        description = "Look at a resource now instead of at its next time, and wait for the result.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark reconcile imagerepository my-app",
            "  ./tidemark reconcile imagepolicy my-app --with-source"
        })
final class ReconcileCommand implements Callable<Integer> {

    /** Flux's source-controller would fetch it; here nothing is fetched before an automation runs. */
    private static final String READ_ONLY = Kinds.GIT_REPOSITORY.name();

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--with-source",
            description =
                    "first the imagerepository of an imagepolicy, or the gitrepository of an imageupdateautomation")
    private boolean withSource;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "default: 60", defaultValue = "60")
    private int timeout = 60;

    @Override
    public Integer call() throws InterruptedException {
        List<Chosen.Target> targets = chosen.find();
        List<Chosen.Target> sources = withSource ? sources(targets) : List.of();
        targets.forEach(ReconcileCommand::check);
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        reconcile(sources.stream().filter(this::isToBeAsked).toList(), deadline);
        reconcile(targets, deadline);
        return 0;
    }

    /** Each once, however many work from it. */
    private static List<Chosen.Target> sources(List<Chosen.Target> targets) {
        Map<ResourceId, Chosen.Target> sources = new LinkedHashMap<>();
        targets.stream()
                .map(MadeFrom::of)
                .forEach(source -> sources.putIfAbsent(source.object().id(), source));
        return List.copyOf(sources.values());
    }

    /** A GitRepository has a status where Flux's source-controller fetches it. */
    private boolean isToBeAsked(Chosen.Target source) {
        if (source.kind().name().equals(READ_ONLY)
                && source.object().trees("status", "conditions").isEmpty()) {
            terminal.note(source.title() + " is fetched by each run of the automation");
            return false;
        }
        demandNotSuspended(source);
        return true;
    }

    private void reconcile(List<Chosen.Target> targets, long deadline) throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        for (Chosen.Target target : targets) {
            Instant requestedAt = Instant.now();
            target.instance()
                    .edits()
                    .annotate(target.object().id(), Map.of(ReconcileAnnotations.REQUESTED_AT, requestedAt.toString()));
            terminal.note("asked for " + target.title());
            asked.add(new Asked(target, requestedAt));
        }
        for (Asked one : asked) {
            await(one, deadline);
        }
    }

    private record Asked(Chosen.Target target, Instant at) {}

    private static void check(Chosen.Target target) {
        if (target.kind().name().equals(READ_ONLY)) {
            throw new UserError(target.title()
                    + " is only read, by the automations that name it: reconcile the imageupdateautomation instead.");
        }
        target.instance().demandRunning();
        demandNotSuspended(target);
    }

    private static void demandNotSuspended(Chosen.Target target) {
        if (Suspension.of(target.object())) {
            throw new UserError(target.title() + " is suspended: './tidemark resume' it first.");
        }
    }

    private void await(Asked asked, long deadline) throws InterruptedException {
        Chosen.Target target = asked.target();
        ObjectView view = target.instance().view();
        do {
            Tree now = view.find(target.object().id())
                    .orElseThrow(() -> new UserError(target.title() + " was deleted meanwhile."));
            if (answers(now.text("status", "lastHandledReconcileAt"), asked.at())) {
                report(target, now, view);
                return;
            }
            Thread.sleep(view.pace());
        } while (System.nanoTime() < deadline);
        throw new UserError(target.title() + " has not answered after " + timeout
                + " s: './tidemark status' says what is going on, './tidemark logs' more.");
    }

    /** A later request, of somebody else, takes the place of this one: its answer is one to both. */
    private static boolean answers(String handled, Instant requestedAt) {
        try {
            return !handled.isEmpty() && !Instant.parse(handled).isBefore(requestedAt);
        } catch (DateTimeParseException tokenOfAnotherTool) {
            return false;
        }
    }

    private void report(Chosen.Target target, Tree now, ObjectView view) {
        ObjectHealth health = ObjectHealth.of(now, view::isInForce);
        if (health.state() == ObjectHealth.State.FAILING) {
            throw new UserError(target.title() + " failed: " + health.why() + ".");
        }
        terminal.line(target.title() + ": " + health.why());
    }
}
