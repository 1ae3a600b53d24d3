package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Says in Flux's words, and with the remedy, what a remote answered (flux-git-based 20). JGit gives only texts. */
final class RemoteProblems {

    private static final List<String> UNAUTHENTICATED =
            List.of("not authorized", "authentication is required", "auth cancel");
    private static final List<String> FORBIDDEN = List.of("not permitted", "forbidden");
    private static final List<String> LOST_RACE = List.of("failed to update ref", "fetch first", "cannot lock ref");

    /** An HTTP status as a word of its own: a port, a path or a commit may contain the same digits. */
    private static final String STATUS = "(?s).*(?<![\\w:/.-])%d(?![\\w/-]).*";

    private static final int UNAUTHORIZED_STATUS = 401;
    private static final int FORBIDDEN_STATUS = 403;

    private RemoteProblems() {}

    /** Why a fetch failed. */
    static String ofFetch(Source source, Throwable failure) {
        return "unable to clone '" + source.url() + "': " + explain(source, failure);
    }

    /** Why the connection of a push failed. */
    static PushOutcome ofPush(Source source, Throwable failure) {
        String text = text(failure);
        if (isUnauthenticated(text) || isForbidden(text)) {
            return new PushOutcome.Refused(explain(source, failure));
        }
        return new PushOutcome.Unclear(explain(source, failure));
    }

    /** What the remote did with the one ref of a push. */
    static PushOutcome ofUpdate(RemoteRefUpdate update, String serverSays) {
        String ref = update.getRemoteName();
        String said = update.getMessage() == null ? "" : update.getMessage();
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> new PushOutcome.Accepted();
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD ->
                new PushOutcome.Moved("non-fast-forward update: " + ref);
            case REJECTED_OTHER_REASON, REJECTED_NODELETE ->
                mentions(said + serverSays, LOST_RACE)
                        ? new PushOutcome.Moved("non-fast-forward update: " + ref)
                        : new PushOutcome.Refused("command error on " + ref + ": " + join(said, serverSays)
                                + ": the remote refuses this branch (hook, protection or missing write access)");
            case NON_EXISTING, NOT_ATTEMPTED, AWAITING_REPORT ->
                new PushOutcome.Unclear(
                        "the remote did not say what it did with " + ref + " (" + update.getStatus() + ")");
        };
    }

    private static String explain(Source source, Throwable failure) {
        String text = text(failure);
        if (isUnauthenticated(text)) {
            return "authentication required: " + text + ": check the Secret that " + source.repository()
                    + " names in spec.secretRef";
        }
        if (isForbidden(text)) {
            return "authorization failed: " + text + ": give the credentials of " + source.repository()
                    + " write access";
        }
        return text;
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String more = String.valueOf(cause.getMessage());
            if (text.indexOf(more) < 0) {
                text.append(": ").append(more);
            }
        }
        return text.toString();
    }

    private static String join(String first, String second) {
        return second.isBlank() ? first : first + " (" + second.strip().replaceAll("\\s*\\n\\s*", " / ") + ")";
    }

    private static boolean isUnauthenticated(String text) {
        return mentions(text, UNAUTHENTICATED) || text.matches(STATUS.formatted(UNAUTHORIZED_STATUS));
    }

    private static boolean isForbidden(String text) {
        return mentions(text, FORBIDDEN) || text.matches(STATUS.formatted(FORBIDDEN_STATUS));
    }

    private static boolean mentions(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }
}
