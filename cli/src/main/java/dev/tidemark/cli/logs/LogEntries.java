package dev.tidemark.cli.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which lines of a services' log are asked for: those that name an object, with or without those that have the correlation of
 * one that does, from the webhook to the commit; and of those the ones of a level or worse. What follows a line without a time
 * of its own, such as a stack trace, goes with it.
 */
public final class LogEntries {

    private static final Pattern BEGIN = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]|\\{");
    private static final Pattern CORRELATION = Pattern.compile("correlation(?:=|\":\")([^\\s\",]+)");

    /** While somebody follows for days; of more the oldest is forgotten. */
    private static final int MOST = 1_000;

    private final Wanted wanted;
    private final Optional<Level> least;
    private final Set<String> causes = new LinkedHashSet<>();
    private final Deque<LogLine> passed = new ArrayDeque<>();
    private final Map<String, Boolean> shown = new HashMap<>();

    /** As services write them, the worst first. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE;

        private static final Pattern PLACE = Pattern.compile(
                "\\S+[ T]\\S+ +(ERROR|WARN|INFO|DEBUG|TRACE) |\\{.*?\"level\":\"(ERROR|WARN|INFO|DEBUG|TRACE)\"");

        /** By its name, in whatever case. */
        public static Optional<Level> of(String word) {
            return Stream.of(values())
                    .filter(level -> level.name().equalsIgnoreCase(word))
                    .findFirst();
        }

        /** Of a line; empty where it says none. */
        static Optional<Level> ofLine(String text) {
            Matcher matcher = PLACE.matcher(text);
            return matcher.lookingAt()
                    ? of(Objects.requireNonNullElseGet(matcher.group(1), () -> matcher.group(2)))
                    : Optional.empty();
        }
    }

    /**
     * What has to be named.
     *
     * @param causes whether what came of the same cause is meant, too
     */
    public record Wanted(Pattern named, boolean causes) {

        /** Any line. */
        public static final Wanted EVERYTHING = new Wanted(Pattern.compile(""), false);

        private static final String ANY = "[A-Za-z0-9.-]+";

        /** @param object {@code Kind/namespace/name} */
        public static Wanted withCauses(String object) {
            return new Wanted(whole(Pattern.quote(object)), true);
        }

        /** Any object of what is given. */
        public static Wanted of(Optional<String> kind, Optional<String> namespace, Optional<String> name) {
            return new Wanted(
                    whole(kind.map(Pattern::quote).orElse("[A-Z][A-Za-z]+")
                            + '/'
                            + namespace.map(Pattern::quote).orElse(ANY)
                            + '/'
                            + name.map(Pattern::quote).orElse(ANY)),
                    false);
        }

        /** In a target the cluster stands before it, and a name that goes on is another object. */
        private static Pattern whole(String object) {
            return Pattern.compile("(?<![A-Za-z0-9])" + object + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])");
        }
    }

    /** @param least of this level or a worse one; empty for all */
    public LogEntries(Wanted wanted, Optional<Level> least) {
        this.wanted = wanted;
        this.least = least;
    }

    /** Of lines that are there already: a cause is often named before the object is. */
    public List<LogLine> of(List<LogLine> lines) {
        lines.forEach(line -> learn(line.text()));
        return lines.stream().filter(this::showsOrKeeps).toList();
    }

    /** What is shown with the next line: nothing, itself, and before it what has its cause and passed before that was known. */
    public List<LogLine> next(LogLine line) {
        boolean known = hasKnownCause(line.text());
        learn(line.text());
        List<LogLine> now = new ArrayList<>(known || !hasKnownCause(line.text()) ? List.of() : ofThePassed());
        if (showsOrKeeps(line)) {
            now.add(line);
        }
        return now;
    }

    private List<LogLine> ofThePassed() {
        Map<String, Boolean> of = Map.copyOf(shown);
        shown.clear();
        List<LogLine> meant = passed.stream().filter(this::shows).toList();
        passed.removeAll(meant);
        shown.clear();
        shown.putAll(of);
        return meant;
    }

    private boolean showsOrKeeps(LogLine line) {
        boolean shows = shows(line);
        if (!shows && wanted.causes()) {
            passed.add(line);
            if (passed.size() > MOST) {
                passed.remove();
            }
        }
        return shows;
    }

    private boolean hasKnownCause(String text) {
        return cause(text).filter(causes::contains).isPresent();
    }

    /** Whether the next line is shown. */
    boolean shows(LogLine line) {
        String text = line.text();
        if (BEGIN.matcher(text).lookingAt()) {
            boolean meant = learn(text) || hasKnownCause(text);
            shown.put(line.from(), meant && isBadEnough(text));
        }
        return shown.getOrDefault(line.from(), false);
    }

    private boolean isBadEnough(String text) {
        return least.isEmpty()
                || Level.ofLine(text)
                        .map(level -> level.compareTo(least.get()) <= 0)
                        .orElse(true);
    }

    /** @return whether it names the object */
    private boolean learn(String line) {
        boolean names = wanted.named().matcher(line).find();
        if (names && wanted.causes()) {
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
