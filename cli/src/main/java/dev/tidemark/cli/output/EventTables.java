package dev.tidemark.cli.output;

import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.view.ResourceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events as kubectl prints them: at the end of a description, and in a list of their own. */
public final class EventTables {

    private EventTables() {}

    /** What stands below a description. */
    public static String below(List<ResourceEvent> events, Instant now) {
        if (events.isEmpty()) {
            return "Events:  <none>\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("  Type", "Reason", "Age", "From", "Message"));
        rows.add(List.of("  ----", "------", "----", "----", "-------"));
        for (ResourceEvent one : events) {
            ObjectEvent event = one.event();
            rows.add(List.of(
                    "  " + event.type(), event.reason(), when(event, now), event.source(), oneLine(event.message())));
        }
        return "Events:\n" + Tables.align(rows);
    }

    /** The list, with its header. */
    public static String list(List<ResourceEvent> events, boolean allNamespaces, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(allNamespaces, "NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"));
        for (ResourceEvent one : events) {
            ObjectEvent event = one.event();
            rows.add(row(
                    allNamespaces,
                    one.object().namespace(),
                    when(event, now),
                    event.type(),
                    event.reason(),
                    one.object().kind() + '/' + one.object().name(),
                    oneLine(event.message())));
        }
        return Tables.align(rows);
    }

    private static List<String> row(boolean allNamespaces, String namespace, String... others) {
        List<String> cells = new ArrayList<>(allNamespaces ? List.of(namespace) : List.of());
        cells.addAll(List.of(others));
        return cells;
    }

    private static String when(ObjectEvent event, Instant now) {
        String last = Age.of(Duration.between(event.lastTimestamp(), now));
        return event.count() == 1
                ? last
                : last + " (x" + event.count() + " over " + Age.of(Duration.between(event.firstTimestamp(), now)) + ')';
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\n\\s*", " ");
    }
}
