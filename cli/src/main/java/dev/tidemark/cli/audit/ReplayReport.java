package dev.tidemark.cli.audit;

import dev.tidemark.cli.output.Tables;
import dev.tidemark.evaluation.replay.Replay;
import dev.tidemark.evaluation.replay.Replay.Difference;
import dev.tidemark.events.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to.
 *
 * @param range what people know the range by
 */
public record ReplayReport(String range, Replay.Result result) {

    /** Decides what a range holds once more. */
    public static ReplayReport of(OpenedRange range) {
        return new ReplayReport(range.name(), range.read(Replay::of));
    }

    /** Whether everything came out the same. */
    public boolean isAlike() {
        return result.differences().isEmpty();
    }

    /** For people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Difference difference : result.differences()) {
            out.append(difference.target());
            if (difference.line() > 0) {
                out.append(", line ")
                        .append(Counts.text(difference.line()))
                        .append(" of ")
                        .append(range);
            }
            out.append('\n')
                    .append(Tables.align(List.of(
                            row("  recorded", difference.recorded()), row("  replayed", difference.replayed()))))
                    .append('\n');
        }
        out.append(Counts.of(result.decisions(), "decision"))
                .append(" and ")
                .append(Counts.of(result.selections(), "selection"))
                .append(" of ")
                .append(result.header().cluster())
                .append(" from ")
                .append(result.header().since())
                .append(" to ")
                .append(result.header().until())
                .append(": ")
                .append(Counts.of(result.differences().size(), "difference"))
                .append('\n');
        if (result.leftOut() > 0) {
            out.append(Counts.of(result.leftOut(), "record"))
                    .append(" that this version reads in part or not at all")
                    .append(isAlike() ? "" : ", which may be why")
                    .append('\n');
        }
        if (result.setAside() > 0) {
            out.append(Counts.of(result.setAside(), "decision or selection", "decisions and selections"))
                    .append(" behind these, which may differ because of them and were not compared")
                    .append('\n');
        }
        return out.toString();
    }

    private static List<String> row(String title, @Nullable Event event) {
        if (event == null) {
            return List.of(title, "nothing");
        }
        Happening one = Happening.of(event);
        return List.of(title, one.at().toString(), one.words(), one.why());
    }

    /** For scripts. */
    public Map<String, Object> members() {
        Map<String, Object> members = Members.of(result.header());
        members.put("decisions", result.decisions());
        members.put("selections", result.selections());
        members.put("leftOut", result.leftOut());
        members.put("setAside", result.setAside());
        members.put(
                "differences",
                result.differences().stream().map(ReplayReport::members).toList());
        return members;
    }

    private static Map<String, @Nullable Object> members(Difference difference) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("target", difference.target());
        members.put("line", difference.line() == 0 ? null : difference.line());
        members.put("recorded", Happening.members(difference.recorded()));
        members.put("replayed", Happening.members(difference.replayed()));
        return members;
    }
}
