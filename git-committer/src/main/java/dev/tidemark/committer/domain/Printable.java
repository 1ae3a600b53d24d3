package dev.tidemark.committer.domain;

import dev.tidemark.flux.Redaction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a text from outside fit for a message: of bounded length, on one line, without control characters. */
public final class Printable {

    /** Enough to find the place; whoever sends more wants to fill a terminal or a topic. */
    public static final int MAX_LENGTH = 300;

    /** The longest message of a condition or an event: Kubernetes takes 32 KiB, a topic's record 1 MB. */
    public static final int MAX_MESSAGE = 8_000;

    private static final String ELLIPSIS = "…";
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

    /** Not an image with tag and digest, which looks alike. */
    private static final Pattern SCP_LOGIN =
            Pattern.compile("(?<![\\w/:.-])[^\\s@/'\"(]+:[^\\s@/]+@(?!sha\\d+:)(?=[\\w.\\[-]+:)");

    private Printable() {}

    /** At most {@link #MAX_LENGTH} characters. */
    public static String text(String text) {
        return text(text, MAX_LENGTH);
    }

    /** At most {@code limit} characters. */
    public static String text(String text, int limit) {
        return UNPRINTABLE.matcher(cut(text, limit)).replaceAll(" ").strip();
    }

    /** The begin of a text, as it is. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** A text that was meant to be a URL: whatever stands before the last @ may be a password. */
    public static String url(String url) {
        int at = url.lastIndexOf('@');
        if (at < 0) {
            return text(url);
        }
        Matcher scheme = SCHEME.matcher(url);
        return text((scheme.lookingAt() ? scheme.group() : "") + Redaction.MASK + url.substring(at));
    }

    /** Masks passwords in URLs of every scheme and in the form {@code user:password@host:path}. */
    public static String withoutLogins(String text) {
        return SCP_LOGIN
                .matcher(Redaction.ofUrls().apply(text))
                .replaceAll(Matcher.quoteReplacement(Redaction.MASK + "@"));
    }
}
