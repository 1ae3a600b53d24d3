package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Printable;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.HistoryOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Says in operators' and Flux's words, and with the remedy, what a remote answered (flux-git-based 20). Everything that it
 * says is free of the secrets that were used, also where the remote repeats them.
 */
final class RemoteProblems {

    /** A hook may write pages; its begin says what it wants. */
    private static final int MAX_MESSAGE = 1000;

    private static final List<String> LOST_RACE = List.of("failed to update ref", "fetch first", "cannot lock ref");

    /** Git keeps a branch as a file: where one is called as a folder on the way to another, only one of them can be. */
    private static final Pattern IN_THE_WAY =
            Pattern.compile("'refs/heads/([^']+)' exists; cannot create 'refs/heads/");

    private final Source source;
    private final FailureCause cause;
    private final OriginConnections answers;
    private final Runnable denied;

    /** @param denied is told that the remote does not take what it is reached with */
    RemoteProblems(Source source, OriginConnections answers, Runnable denied) {
        this.source = source;
        this.answers = answers;
        this.cause = new FailureCause(source, answers);
        this.denied = denied;
    }

    /** Why a fetch failed. */
    FetchOutcome ofFetch(Throwable failure) {
        return new FetchOutcome.Failed(unableToClone(failure), isDenied(failure));
    }

    /** Why the commits of a remote could not be read. */
    HistoryOutcome ofHistory(Throwable failure) {
        return new HistoryOutcome.Failed(unableToClone(failure), isDenied(failure));
    }

    /** Whether the remote, or the way there, is the reason. */
    boolean isOfRemote(Throwable failure) {
        return cause.isOfRemote(failure);
    }

    private boolean isDenied(Throwable failure) {
        boolean is = cause.isDenied(failure);
        if (is) {
            denied.run();
        }
        return is;
    }

    private Redaction redaction() {
        List<String> secrets = new ArrayList<>(source.access().secrets());
        secrets.addAll(answers.derivedSecrets());
        return Redaction.of(secrets);
    }

    /** What went wrong, by itself. */
    String text(Throwable failure) {
        return say(cause.of(failure, false));
    }

    private String unableToClone(Throwable failure) {
        return say("unable to clone '" + source.url() + "': " + cause.of(failure, false));
    }

    /** Why the connection of a push failed. */
    PushOutcome ofPush(Throwable failure) {
        String message = say(cause.of(failure, true));
        return cause.isAnswer(failure)
                ? new PushOutcome.Refused(message, isDenied(failure))
                : new PushOutcome.Unclear(message);
    }

    /** What the remote did with the one ref of a push. */
    PushOutcome ofUpdate(RemoteRefUpdate update, String serverSays) {
        String ref = update.getRemoteName();
        String said = update.getMessage() == null ? "" : update.getMessage();
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> new PushOutcome.Accepted();
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD ->
                new PushOutcome.Moved(say("non-fast-forward update: " + ref));
            case REJECTED_OTHER_REASON, REJECTED_NODELETE -> rejected(ref, said, serverSays);
            case NON_EXISTING, NOT_ATTEMPTED, AWAITING_REPORT ->
                new PushOutcome.Unclear(
                        say("the remote did not say what it did with " + ref + " (" + update.getStatus() + ")"));
        };
    }

    private PushOutcome rejected(String ref, String said, String serverSays) {
        Matcher inTheWay = IN_THE_WAY.matcher(said + serverSays);
        if (inTheWay.find()) {
            return new PushOutcome.Refused(
                    say("command error on " + ref + ": the remote has a branch " + inTheWay.group(1)
                            + ", and no repository can have both: give spec.git.push.branch another name, or delete that"
                            + " branch"),
                    false);
        }
        return lostRace(said + serverSays)
                ? new PushOutcome.Moved(say("non-fast-forward update: " + ref))
                : new PushOutcome.Refused(
                        say("command error on " + ref + ": " + join(said, serverSays)
                                + ": the remote refuses this branch (hook, protection or missing write access)"),
                        false);
    }

    private String say(String message) {
        return Printable.text(redaction().apply(Printable.withoutLogins(message)), MAX_MESSAGE);
    }

    /** What the server says is masked before it is cut: half of a secret is not recognised. */
    private String join(String first, String second) {
        String shown =
                Printable.text(redaction().apply(second).strip().replaceAll("\\s*\\n\\s*", " / "), MAX_MESSAGE / 2);
        return shown.isEmpty() ? first : first + " (" + shown + ")";
    }

    private static boolean lostRace(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return LOST_RACE.stream().anyMatch(lower::contains);
    }
}
