package dev.tidemark.cli.output;

import dev.tidemark.cli.output.StatusReport.Row;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which Alerts are served. Their kind has no status: the services that tell events for them say it, each of its own events.
 *
 * @param failing what a service says of it, by the Alert; where several say it, the one that says it longest
 * @param served when an event was told last, by the Alert
 */
public record Alerts(Map<ResourceId, Tree> failing, Map<ResourceId, String> served) {

    private static final List<String> CONDITIONS = List.of("status", "conditions");

    /** What each of the services answered. */
    public static Alerts of(Collection<Tree> answers) {
        Map<ResourceId, Tree> failing = new LinkedHashMap<>();
        Map<ResourceId, String> served = new LinkedHashMap<>();
        for (Tree answer : answers) {
            answer.trees("failing")
                    .forEach(one -> failing.merge(
                            id(one), one, (a, b) -> a.text("since").compareTo(b.text("since")) <= 0 ? a : b));
            answer.trees("served")
                    .forEach(one -> served.merge(id(one), one.text("at"), (a, b) -> a.compareTo(b) >= 0 ? a : b));
        }
        return new Alerts(failing, served);
    }

    private static ResourceId id(Tree answer) {
        return new ResourceId(Kinds.ALERT.name(), answer.text("namespace"), answer.text("name"));
    }

    /** Those that are not served. */
    public List<Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        failing.forEach((id, said) -> rows.put(
                id.toString(),
                new Row(id, new ObjectHealth(ObjectHealth.State.FAILING, why(said)), said.text("since"))));
        return List.copyOf(rows.values());
    }

    /** One line for each that is not served. */
    public List<String> lines() {
        return rows().stream()
                .map(row -> row.object().kind() + ' ' + row.object().namespace() + '/'
                        + row.object().name() + " is not served since " + row.since() + ": "
                        + row.health().why())
                .toList();
    }

    private static String why(Tree said) {
        return said.text("message").replace('\n', ' ').strip() + " (" + said.text("reason") + ')';
    }

    /** An Alert with its condition Ready, as the services know it. */
    public Tree shown(Tree alert) {
        if (!alert.kind().equals(Kinds.ALERT.name())) {
            return alert;
        }
        Tree said = failing.get(alert.id());
        if (said != null) {
            return with(alert, "False", said.text("reason"), said.text("message"), said.text("since"));
        }
        String last = served.get(alert.id());
        return last == null
                ? with(alert, "Unknown", "Unknown", "no event was told since the services started", "")
                : with(alert, "True", "Succeeded", "an event was told at " + last, "");
    }

    private static Tree with(Tree alert, String status, String reason, String message, String since) {
        Map<String, String> ready =
                new LinkedHashMap<>(Map.of("type", "Ready", "status", status, "reason", reason, "message", message));
        if (!since.isEmpty()) {
            ready.put("lastTransitionTime", since);
        }
        return alert.with(CONDITIONS, List.of(ready));
    }
}
