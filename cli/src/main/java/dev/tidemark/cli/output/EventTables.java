package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events as kubectl prints them: at the end of a description, and in a list of their own. */
public final class EventTables {

    private EventTables() {}

    /** What stands below a description. */
    public static String below(List<Event> events, Instant now) {
        if (events.isEmpty()) {
            return "Events:  <none>\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  Type", "Reason", "Age", "From", "Message"));
        rows.add(List.of("  ----", "------", "----", "----", "-------"));
        for (Event event : events) {
            rows.add(List.of(
                    "  " + event.type(), event.reason(), when(event, now), event.source(), oneLine(event.message())));
        }
        return "Events:\n" + Tables.align(rows);
    }

    /** The list, with its header. */
    public static String list(List<Event> events, boolean allNamespaces, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(allNamespaces, "NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"));
        for (Event event : events) {
            rows.add(row(
                    allNamespaces,
                    event.namespace(),
                    when(event, now),
                    event.type(),
                    event.reason(),
                    event.kind() + '/' + event.name(),
                    oneLine(event.message())));
        }
        return Tables.align(rows);
    }

    private static List<String> row(boolean allNamespaces, String namespace, String... others) {
        List<String> cells = new ArrayList<>(allNamespaces ? List.of(namespace) : List.of());
        cells.addAll(List.of(others));
        return cells;
    }

    private static String when(Event event, Instant now) {
        String last = Age.of(Duration.between(event.last(), now));
        return event.count() == 1
                ? last
                : last + " (x" + event.count() + " over " + Age.of(Duration.between(event.first(), now)) + ')';
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\n\\s*", " ");
    }
}
