package dev.tidemark.cli.output;

import dev.tidemark.flux.view.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a commit was made from, for people. */
public final class CommitOrigins {

    private static final Map<String, String> STAGES = Map.of(
            "NOTIFIED", "webhook received",
            "DISCOVERED", "tag discovered",
            "SELECTED", "tag selected",
            "PUSHED", "commit pushed");

    private CommitOrigins() {}

    /** @param story as the evaluator answers it */
    public static String text(Tree story) {
        StringBuilder out =
                new StringBuilder("Commit %s on %s%n".formatted(story.text("commit"), story.text("branch")));
        List<List<String>> about = new ArrayList<>();
        about.add(List.of("  automation", "ImageUpdateAutomation " + story.text("automation")));
        about.add(List.of("  message", story.text("message").lines().findFirst().orElse("")));
        story.trees("changes").forEach(change -> about.add(List.of("  changed", changed(change))));
        if (!story.text("total").isEmpty()) {
            about.add(List.of("  in all", story.text("total", "changes") + " changes: Git has them"));
        }
        out.append(Tables.align(about));
        story.trees("origins").forEach(origin -> out.append('\n').append(origin(origin)));
        story.list("forgotten")
                .forEach(target ->
                        out.append("\n%s: the log does not have its selection any more%n".formatted(named(target))));
        return out.toString();
    }

    private static String changed(Tree change) {
        return change.text("file") + ": " + change.text("oldValue") + " → " + change.text("newValue");
    }

    private static String origin(Tree origin) {
        String previous = tags(origin, "previous");
        StringBuilder out = new StringBuilder("%s: %s %s%s%n"
                .formatted(
                        named(origin.text("target")),
                        origin.text("image"),
                        previous.isEmpty() ? "" : previous + " → ",
                        tags(origin, "tags")));
        List<List<String>> about = new ArrayList<>();
        about.add(List.of("  why", why(origin)));
        about.add(List.of("  discovered", discovered(origin.tree("discovery"))));
        out.append(Tables.align(about)).append(Tables.align(steps(origin.trees("steps"))));
        return out.toString();
    }

    private static String why(Tree origin) {
        return origin.text("why").isEmpty()
                ? "the log does not have the decision any more"
                : origin.text("why") + " (" + origin.text("reason") + ')';
    }

    private static String discovered(Tree discovery) {
        String who = ", by " + discovery.text("by") + " at " + Moment.of(discovery.text("at"));
        return switch (discovery.text("way")) {
            case "WEBHOOK" -> "by a webhook to Receiver " + discovery.text("receiver") + who;
            case "CHECK" -> "by a look at this one tag" + who;
            case "" -> "before: it was not the registry that made the policy decide";
            default -> "by a scan" + who;
        };
    }

    private static List<List<String>> steps(List<Tree> steps) {
        List<List<String>> rows = new ArrayList<>();
        @Nullable Instant before = null;
        for (Tree step : steps) {
            Instant at = Instant.parse(step.text("at"));
            String stage = step.text("stage");
            rows.add(List.of(
                    "  " + Moment.of(step.text("at")),
                    STAGES.getOrDefault(stage, stage),
                    before == null ? "" : "+" + Duration.between(before, at).toMillis() + " ms"));
            before = at;
        }
        return rows;
    }

    /** Of a list the first. */
    private static String tags(Tree origin, String member) {
        List<Tree> tags = origin.trees(member);
        if (tags.isEmpty()) {
            return "";
        }
        Tree first = tags.getFirst();
        String digest = first.text("digest").isEmpty() ? "" : '@' + first.text("digest");
        return first.text("tag") + digest + (tags.size() == 1 ? "" : " and " + (tags.size() - 1) + " more");
    }

    /** {@code cluster/kind/namespace/name}. */
    private static String named(String target) {
        String[] parts = target.split("/", 4);
        return parts.length == 4 ? parts[1] + ' ' + parts[2] + '/' + parts[3] : target;
    }
}
