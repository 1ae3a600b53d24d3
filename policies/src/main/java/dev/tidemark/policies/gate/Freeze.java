package dev.tidemark.policies.gate;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.Cron;
import dev.tidemark.policies.schedule.WrittenDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code tidemark.dev/freeze}: windows in which no new selection is made.
 *
 * <p>Syntax: {@code <cron> +<length> [<time zone>]}, several separated by {@code ;}. The cron expression
 * (five fields or a descriptor) says when a window begins, the length how long it stays, the IANA zone
 * what the clock face means (default UTC): {@code 0 18 * * 5 +62h Europe/Berlin} is from Friday 18:00 until
 * Monday 8:00. The length is elapsed time: across a change of clocks the end moves by an hour.
 */
public record Freeze(List<Window> windows) implements Gate {

    public static final String ANNOTATION = "tidemark.dev/freeze";

    private static final HeldBack.Reason FROZEN = new HeldBack.Reason("Frozen", "FROZEN");

    static final Kind KIND = new Kind(ANNOTATION, Freeze::parse, true, Optional.empty(), List.of(FROZEN));

    /** A longer freeze is a stop, for which there is a better switch. */
    private static final Duration MAX_LENGTH = Duration.ofDays(366);

    /** Windows that follow without a gap are joined up to this many; then it is computed again. */
    private static final int MAX_JOINED = 100;

    private static final String SYNTAX =
            "write <cron> +<length> [<time zone>], such as 0 18 * * 5 +62h Europe/Berlin, several separated by ;";

    /** One window. */
    record Window(Cron begins, Duration length) {

        /** The end of the window that the instant is in, or nothing. */
        private Optional<Instant> endAround(Instant at) {
            return begins.previous(at).map(begin -> begin.plus(length)).filter(at::isBefore);
        }
    }

    private static Parsed<Gate> parse(String text) {
        List<Window> windows = new ArrayList<>();
        for (String item : text.split(";", -1)) {
            switch (window(item.strip())) {
                case Parsed.Value<Window>(Window window) -> windows.add(window);
                case Parsed.Malformed<Window>(String message) -> {
                    return Parsed.malformed(message);
                }
            }
        }
        return Parsed.of(new Freeze(List.copyOf(windows)));
    }

    private static Parsed<Window> window(String text) {
        List<String> words = Arrays.asList(text.split("\\s+", -1));
        int plus = -1;
        for (int i = 0; i < words.size(); i++) {
            plus = plus < 0 && words.get(i).startsWith("+") ? i : plus;
        }
        if (plus < 1 || words.size() > plus + 2) {
            return Parsed.malformed(SYNTAX);
        }
        String cron = String.join(" ", words.subList(0, plus));
        String zone = words.size() > plus + 1 ? words.getLast() : "UTC";
        return WrittenDuration.parse(words.get(plus).substring(1)).flatMap(length -> {
            if (!length.isPositive() || length.compareTo(MAX_LENGTH) > 0) {
                return Parsed.malformed("the length of a freeze is above zero and at most 366 days; " + SYNTAX);
            }
            return cron.startsWith("@every")
                    ? Parsed.malformed("@every has no fixed beginning; " + SYNTAX)
                    : Cron.parse(cron, zone).map(begins -> new Window(begins, length));
        });
    }

    @Override
    public Admission publication(Publication publication) {
        return frozenUntil(publication.now())
                .<Admission>map(
                        until -> HeldBack.until(until, FROZEN, publication.what() + " waits: frozen until " + until))
                .orElse(Admission.ADMITTED);
    }

    /** When none of the windows is in force any more, or nothing when none is. */
    private Optional<Instant> frozenUntil(Instant now) {
        Optional<Instant> end = Optional.empty();
        Instant at = now;
        for (int joined = 0; joined < MAX_JOINED; joined++) {
            Instant from = at;
            Optional<Instant> next = windows.stream()
                    .flatMap(window -> window.endAround(from).stream())
                    .max(Instant::compareTo);
            if (next.isEmpty()) {
                return end;
            }
            end = next;
            at = next.get();
        }
        return end;
    }
}
