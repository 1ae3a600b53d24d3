package dev.tidemark.cli.audit;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.evaluation.history.RangeHeader;
import dev.tidemark.evaluation.whatif.WhatIf;
import dev.tidemark.evaluation.whatif.WhatIf.Moment;
import dev.tidemark.evaluation.whatif.WhatIfException;
import dev.tidemark.events.SelectedTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changed policies would have selected. */
public record WhatIfReport(RangeHeader header, List<WhatIf.Result> results) {

    private static final List<String> TITLES = List.of("TIME", "WOULD SELECT", "SELECTED", "WHY");

    private static final String NOTHING = "-";

    /**
     * Asks what a range says of the policies in a manifest.
     *
     * @throws UserError if there is no answer
     */
    public static WhatIfReport of(OpenedRange range, Path manifest) {
        try {
            String text = Files.readString(manifest);
            return new WhatIfReport(
                    range.file().header(), range.read(file -> WhatIf.of(file, manifest.toString(), text)));
        } catch (WhatIfException unanswered) {
            throw new UserError(unanswered.getMessage() + '.', unanswered);
        } catch (IOException e) {
            throw new UserError(
                    manifest + " cannot be read (" + e.getMessage() + "): name the file of the changed policy with -f.",
                    e);
        }
    }

    /** Whether all of them would have selected what was selected, at every time. */
    public boolean isAlike() {
        return results.stream()
                .allMatch(result -> result.same() && result.moments().stream().allMatch(Moment::same));
    }

    /** For people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (WhatIf.Result result : results) {
            out.append(out.isEmpty() ? "" : "\n");
            append(out, result);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, WhatIf.Result result) {
        out.append(result.target().text())
                .append(" from ")
                .append(result.since())
                .append(" to ")
                .append(result.until())
                .append('\n');
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        result.moments()
                .forEach(moment -> rows.add(List.of(
                        moment.at().toString(), tags(moment.wouldSelect()), tags(moment.recorded()), why(moment))));
        out.append(Tables.align(rows));
        if (result.more() > 0) {
            out.append("… and ").append(Counts.of(result.more(), "more moment")).append('\n');
        }
        out.append("At the end it would select ")
                .append(tags(result.wouldSelect()))
                .append(result.same() ? ", as is selected" : ", selected is " + tags(result.selected()))
                .append("; ")
                .append(Counts.of(result.changes(), "change"))
                .append(", recorded ")
                .append(Counts.text(result.recordedChanges()))
                .append('\n');
        result.warnings()
                .forEach(warning -> out.append("Note: ").append(warning).append('\n'));
        if (result.leftOut() > 0) {
            out.append("Note: ")
                    .append(Counts.of(result.leftOut(), "record"))
                    .append(" that this version reads in part or not at all\n");
        }
    }

    private static String tags(List<SelectedTag> tags) {
        return tags.isEmpty() ? NOTHING : Happening.text(tags);
    }

    private static String why(Moment moment) {
        String why = moment.reason().isEmpty() ? moment.sentence() : moment.sentence() + " (" + moment.reason() + ')';
        return moment.unknown() == null ? why : why + "; " + moment.unknown();
    }

    /** For scripts. */
    public Map<String, Object> members() {
        Map<String, Object> members = Members.of(header);
        members.put("policies", results.stream().map(WhatIfReport::members).toList());
        return members;
    }

    private static Map<String, Object> members(WhatIf.Result result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("target", result.target().text());
        members.put("same", result.same());
        members.put("wouldSelect", Happening.members(result.wouldSelect()));
        members.put("selected", Happening.members(result.selected()));
        members.put("changes", result.changes());
        members.put("recordedChanges", result.recordedChanges());
        members.put(
                "moments", result.moments().stream().map(WhatIfReport::members).toList());
        members.put("moreMoments", result.more());
        members.put("leftOut", result.leftOut());
        members.put("warnings", result.warnings());
        return members;
    }

    private static Map<String, @Nullable Object> members(Moment moment) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("at", moment.at().toString());
        members.put("same", moment.same());
        members.put("wouldSelect", Happening.members(moment.wouldSelect()));
        members.put("selected", Happening.members(moment.recorded()));
        members.put("outcome", moment.outcome().name().toLowerCase(Locale.ROOT));
        members.put("reason", moment.reason());
        members.put("sentence", moment.sentence());
        members.put("unknown", moment.unknown());
        return members;
    }
}
