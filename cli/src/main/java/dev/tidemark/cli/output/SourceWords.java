package dev.tidemark.cli.output;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.SourceState.Confirmation;
import dev.tidemark.flux.view.SourceState.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the source of the objects says of itself, for people. */
public final class SourceWords {

    public static final String NOTHING_WAITS = "no deletion waits for a confirmation";

    /** Enough to see what they have in common; the rest is counted. */
    private static final int NAMED = 10;

    private SourceWords() {}

    /** What somebody has to know before anything else, the most urgent first; empty as a rule. */
    public static String first(SourceState source) {
        return Stream.of(
                        source.confirmation().map(SourceWords::waiting).orElse(""),
                        kept(source.unreadable()),
                        problems("Unreadable manifests", source.problems(Severity.ERROR)))
                .filter(part -> !part.isEmpty())
                .map(part -> part + '\n')
                .collect(Collectors.joining());
    }

    /** The deletions that wait, and the one command that confirms them. */
    public static String waiting(Confirmation confirmation) {
        List<String> names = new ArrayList<>();
        confirmation.objects().forEach(id -> names.add(title(id)));
        confirmation.unaccounted().forEach(id -> names.add(title(id) + " (nobody knows whether it was ever declared)"));
        return "Deletions that wait for a confirmation (" + names.size()
                + "): much is missing at once, or a folder is empty\n"
                + lines(names)
                + "They stay in force. If they are to go: ./tidemark confirm " + confirmation.code() + '\n';
    }

    private static String lines(List<String> names) {
        return names.stream().limit(NAMED).map(name -> "  " + name + '\n').collect(Collectors.joining())
                + more(names.size());
    }

    private static String more(int all) {
        return all > NAMED ? "  and " + (all - NAMED) + " more\n" : "";
    }

    /** The same in one line. */
    public static String names(Confirmation confirmation) {
        List<ResourceId> ids = all(confirmation);
        String named = ids.stream().limit(NAMED).map(SourceWords::title).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
    }

    /** What goes when it is confirmed. */
    public static List<ResourceId> all(Confirmation confirmation) {
        return Stream.concat(confirmation.objects().stream(), confirmation.unaccounted().stream())
                .toList();
    }

    /** All of it: nobody asks a second time. */
    public static String deleted(List<ResourceId> ids) {
        return "Deleted (" + ids.size() + ")\n"
                + ids.stream().map(id -> "  " + title(id) + '\n').collect(Collectors.joining());
    }

    private static String kept(List<Kept> kept) {
        return kept.isEmpty()
                ? ""
                : "Kept in force, although it cannot be read any more (" + kept.size() + ")\n"
                        + Tables.align(kept.stream()
                                .limit(NAMED)
                                .map(one -> List.of(
                                        "  " + title(one.object()), one.where(), one.message(), "since " + one.since()))
                                .toList())
                        + more(kept.size());
    }

    /** Under a title, where there are any. */
    public static String problems(String title, List<Problem> problems) {
        return problems.isEmpty()
                ? ""
                : title + " (" + problems.size() + ")\n"
                        + Tables.align(problems.stream()
                                .map(problem -> List.of("  " + problem.where(), problem.message()))
                                .toList());
    }

    private static String title(ResourceId id) {
        return id.kind() + ' ' + (id.namespace().isEmpty() ? "" : id.namespace() + '/') + id.name();
    }
}
