package dev.tidemark.runtime;

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

    /** Why it happened, in words. */
    public static final String REASON = "reason";

    /** When it is tried again. */
    public static final String NEXT_TRY = "nextTry";

    private LogKeys() {}

    /**
     * A line.
     *
     * @param keysAndValues a key of this class, its value, and so on; values with spaces or quotes are put into quotes
     */
    public static String line(String event, Object... keysAndValues) {
        StringBuilder line = new StringBuilder(EVENT).append('=').append(quoted(event));
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            line.append(' ').append(keysAndValues[i]).append('=').append(quoted(String.valueOf(keysAndValues[i + 1])));
        }
        return line.toString();
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
