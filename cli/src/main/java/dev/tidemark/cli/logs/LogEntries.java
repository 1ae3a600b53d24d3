package dev.tidemark.cli.logs;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of a services' log are about an object: those that name it, and those that have the correlation of one that
 * does, from the webhook to the commit. What follows a line without a time of its own, such as a stack trace, goes with it.
 */
public final class LogEntries {

    private static final Pattern BEGIN = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]|\\{");
    private static final Pattern CORRELATION = Pattern.compile("correlation(?:=|\":\")([^\\s\",]+)");

    /** While somebody follows for days; of more the oldest is forgotten. */
    private static final int MOST = 1_000;

    private final Pattern named;
    private final Set<String> causes = new LinkedHashSet<>();
    private final Map<String, Boolean> shown = new HashMap<>();

    /** @param object {@code Kind/namespace/name} */
    public LogEntries(String object) {
        // in a target the cluster stands before it, and a name that goes on is another object
        this.named = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(object) + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])");
    }

    /** Of lines that are there already: a cause is often named before the object is. */
    public List<LogLine> of(List<LogLine> lines) {
        lines.forEach(line -> learn(line.text()));
        return lines.stream().filter(this::shows).toList();
    }

    /** Whether the next line is shown. */
    public boolean shows(LogLine line) {
        String text = line.text();
        if (BEGIN.matcher(text).lookingAt()) {
            shown.put(
                    line.from(),
                    learn(text) || cause(text).filter(causes::contains).isPresent());
        }
        return shown.getOrDefault(line.from(), false);
    }

    /** @return whether it names the object */
    private boolean learn(String line) {
        boolean names = named.matcher(line).find();
        if (names) {
            cause(line).ifPresent(causes::add);
            if (causes.size() > MOST) {
                causes.remove(causes.iterator().next());
            }
        }
        return names;
    }

    private static Optional<String> cause(String line) {
        Matcher matcher = CORRELATION.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
