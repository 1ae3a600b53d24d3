package dev.tidemark.flux.alert;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event says of a commit.
 *
 * @param context names who says it: the object, and by a part of the Provider's identity the cluster
 * @param description the reason in words
 */
record CommitStatus(String commit, boolean succeeded, String context, String description) {

    /** The end of {@code branch@sha1:id}, {@code branch/id} and {@code id}. */
    private static final Pattern ID = Pattern.compile("(?:^|[:/])([0-9a-f]{64}|[0-9a-f]{40})$");

    /** Between {@code lower} and {@code Upper}, between {@code UPPER} and {@code Word}, before and behind digits. */
    private static final Pattern WORDS = Pattern.compile(
            "(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{Nd})|(?<=\\p{Nd})(?=\\p{L})");

    private static final String PROGRESSING = "Progressing";

    /** Empty for an event that names no commit, and for one that something only goes on. */
    static Optional<CommitStatus> of(FluxEvent event, String providerUid) {
        return event.reason().equals(PROGRESSING)
                ? Optional.empty()
                : event.revision()
                        .map(ID::matcher)
                        .filter(Matcher::find)
                        .map(id -> new CommitStatus(
                                id.group(1),
                                event.severity() == FluxEvent.Severity.INFO,
                                (event.object().kind()
                                                + '/'
                                                + event.object().name()
                                                + '/'
                                                + providerUid.split("-", 2)[0])
                                        .toLowerCase(Locale.ROOT),
                                WORDS.matcher(event.reason()).replaceAll(" ").toLowerCase(Locale.ROOT)));
    }
}
