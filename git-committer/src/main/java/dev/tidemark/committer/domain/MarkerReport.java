package dev.tidemark.committer.domain;

import dev.tidemark.flux.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers "a tag was selected, why is there no commit?" in a condition of its own, {@code MarkersFound}: Flux says
 * {@code repository up-to-date} and nothing more, and that message must stay.
 */
record MarkerReport(boolean found, String reason, String message) {

    static final String TYPE = "MarkersFound";

    private static final String SOME_LEFT_OUT = "SomeLeftOut";

    /** Enough to see the pattern; the rest is counted. */
    private static final int SHOWN = 10;

    static MarkerReport of(AutomationPlan plan, TreeUpdate update) {
        String where = plan.automation().spec().update() == null
                        || plan.automation().spec().update().path() == null
                ? "in the repository"
                : "below " + plan.automation().spec().update().path();
        if (plan.policies().isEmpty() && update.markers() == 0) {
            return new MarkerReport(
                    false,
                    "NoPolicies",
                    "no selected ImagePolicy in namespace " + plan.automation().namespace() + " has a latest image yet"
                            + findings(update.findings()));
        }
        if (update.markers() == 0) {
            return new MarkerReport(
                    false,
                    "NoMarkers",
                    "no marker " + where + " names a selected policy: add # {\"$imagepolicy\": \""
                            + plan.policies().getFirst().setter() + "\"} behind the image, on the same line"
                            + findings(update.findings()));
        }
        String found = update.markers() == 1 ? "1 marker found " : update.markers() + " markers found ";
        // one who reads only reasons learns that a file was skipped, or that a marker names nothing
        String reason = update.findings().isEmpty() ? TYPE : SOME_LEFT_OUT;
        return new MarkerReport(true, reason, found + where + findings(update.findings()));
    }

    private static String findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "";
        }
        String shown = findings.stream().limit(SHOWN).map(Finding::text).collect(Collectors.joining("; ", "; ", ""));
        return findings.size() > SHOWN ? shown + "; and " + (findings.size() - SHOWN) + " more" : shown;
    }

    Condition condition(List<Condition> before, long generation, Instant now) {
        String status = found ? "True" : "False";
        Instant since = before.stream()
                .filter(c -> c.type().equals(TYPE)
                        && c.status().equals(status)
                        && c.reason().equals(reason)
                        && c.message().equals(message))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now.truncatedTo(ChronoUnit.SECONDS));
        return new Condition(TYPE, status, reason, message, generation, since);
    }
}
