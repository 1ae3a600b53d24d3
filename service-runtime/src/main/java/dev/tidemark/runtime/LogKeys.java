package dev.tidemark.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of log lines: {@code event=… key=value …}, so that a line can be searched by what it is about. One name
 * for the same thing in every service.
 */
public final class LogKeys {

    /** What happened, in words with hyphens; first in every line. */
    public static final String EVENT = "event";

    /** A resource of the cluster, {@code Kind/namespace/name}. */
    public static final String RESOURCE = "resource";

    /** Who works on the resource, where Tidemark does not. */
    public static final String OWNER = "owner";

    /** An outside source as one access profile sees it. */
    public static final String FEED = "feed";

    /** What a selection is for. */
    public static final String TARGET = "target";

    /** A Git remote and its branch. */
    public static final String BRANCH = "branch";

    /** A partition of the owned topic. */
    public static final String PARTITION = "partition";

    /** A topic of the log. */
    public static final String TOPIC = "topic";

    /** A type of the log's events, and a member of it where that is what the line is about. */
    public static final String TYPE = "type";

    /** How many there are of what the event is about. */
    public static final String COUNT = "count";

    /** What the facts of one cause have in common, from a webhook or a scan to the commit. */
    public static final String CORRELATION = "correlation";

    /** An image, or several, without or with their tags. */
    public static final String IMAGE = "image";

    /** A tag, or several. */
    public static final String TAG = "tag";

    /** What was in the tag's place before. */
    public static final String PREVIOUS = "previous";

    /** What a tag stands for. */
    public static final String DIGEST = "digest";

    /** A commit's id. */
    public static final String COMMIT = "commit";

    /** What takes its time, and how far it is, in words. */
    public static final String WORK = "work";

    /** What was changed in the cluster, or told of, {@code Kind/namespace/name}. */
    public static final String OBJECTS = "objects";

    /** Of how many tags nobody knew. */
    public static final String ADDED = "added";

    /** How many tags are gone. */
    public static final String REMOVED = "removed";

    /** The person who asked for it. */
    public static final String WHO = "who";

    /** When it ends by itself. */
    public static final String UNTIL = "until";

    /** When it began. */
    public static final String SINCE = "since";

    /** How often the same was left out since the last line that said it. */
    public static final String REPEATED = "repeated";

    /** Why it happened, in words. */
    public static final String REASON = "reason";

    /** When it is tried again. */
    public static final String NEXT_TRY = "nextTry";

    private static final Pattern PAIR =
            Pattern.compile("([^\\s=\"]+)=(?:([^\\s\"=]+)|\"((?:[^\"\\\\]|\\\\.)*)\")(?: |$)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private LogKeys() {}

    /**
     * A line.
     *
     * @param keysAndValues a key of this class, its value, and so on; a value that is null is left out with its key, and
     *     one with spaces or quotes is put into quotes
     */
    public static String line(String event, @Nullable Object... keysAndValues) {
        StringBuilder line = new StringBuilder(pair(EVENT, event));
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null) {
                line.append(' ').append(pair(String.valueOf(keysAndValues[i]), value));
            }
        }
        return line.toString();
    }

    /** One key with its value. */
    public static String pair(String key, Object value) {
        return key + '=' + quoted(String.valueOf(value));
    }

    /** Reads {@link #line} back; empty for a text that is none. */
    public static Map<String, String> parse(String line) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (!line.startsWith(EVENT + '=')) {
            return pairs;
        }
        Matcher pair = PAIR.matcher(line);
        while (pair.lookingAt()) {
            String quoted = pair.group(3);
            pairs.put(
                    pair.group(1),
                    quoted == null ? pair.group(2) : ESCAPED.matcher(quoted).replaceAll("$1"));
            pair.region(pair.end(), line.length());
        }
        return pairs;
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
