package dev.tidemark.cli.output;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.Tree;
import dev.tidemark.go.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How everything is doing, what stops or endangers first: a halt, manifests that cannot be read, services that do not work,
 * objects that fail; then what waits, and last what is well.
 *
 * @param services of the services themselves, in one line and one for each warning
 * @param underWay what takes its time at this moment, in lines for people
 * @param declaredIn where objects are declared, for somebody who has none
 */
public record StatusReport(
        Dangers dangers,
        String services,
        String declaredIn,
        boolean alive,
        SourceState source,
        List<String> underWay,
        List<Row> rows) {

    /** An object, and since when it is so. */
    public record Row(ResourceId object, ObjectHealth health, String since) {}

    /** Looks at all objects of these kinds. */
    public static List<Row> rows(List<String> kinds, ObjectView view) {
        List<Tree> objects =
                kinds.stream().flatMap(kind -> view.list(kind).stream()).toList();
        Set<ResourceId> there = objects.stream().map(Tree::id).collect(Collectors.toSet());
        Clones clones = new Clones(objects);
        List<Row> rows = new ArrayList<>();
        for (Tree object : objects) {
            ObjectHealth itself = ObjectHealth.of(clones.shown(object), there::contains);
            Optional<String> trouble = clones.trouble(object.id());
            if (trouble.isPresent() && itself.state() == ObjectHealth.State.READY) {
                itself = new ObjectHealth(ObjectHealth.State.FAILING, trouble.get());
            }
            rows.add(new Row(
                    object.id(),
                    view.leftTo(object).map(itself::inShadowOf).orElse(itself),
                    ObjectHealth.ready(object).text("lastTransitionTime")));
        }
        return rows;
    }

    /** Whether nothing fails and nothing stops it; what waits or is suspended is as somebody wants it. */
    public boolean isWell() {
        return dangers.isNone()
                && alive
                && source.problems(Severity.ERROR).isEmpty()
                && source.unreadable().isEmpty()
                && rows.stream().noneMatch(row -> row.health().state() == ObjectHealth.State.FAILING);
    }

    /** For people. */
    public String text(Instant now) {
        StringBuilder text = new StringBuilder(dangers.text(now));
        text.append(SourceWords.first(source)).append(services).append('\n');
        append(text, "Unknown fields in manifests", source.problems(Severity.WARNING));
        if (rows.isEmpty()) {
            text.append("No resources: ").append(declaredIn).append(".\n");
        }
        if (!underWay.isEmpty()) {
            text.append("\nUnder way (").append(underWay.size()).append(")\n");
            underWay.forEach(work -> text.append("  ").append(work).append('\n'));
        }
        byState(row -> row).forEach((state, some) -> {
            text.append('\n')
                    .append(state.title())
                    .append(" (")
                    .append(some.size())
                    .append(")\n");
            boolean aged = some.stream().anyMatch(row -> isFailingSince(row, state));
            text.append(Tables.align(
                    some.stream().map(row -> cells(row, state, aged, now)).toList()));
            if (state == ObjectHealth.State.SHADOW) {
                text.append("  Of these ").append(Description.LEFT).append(".\n");
            }
        });
        append(text, "Ignored manifests", source.problems(Severity.IGNORED));
        return text.toString();
    }

    /** What is short stands before what may be long. */
    private static List<String> cells(Row row, ObjectHealth.State state, boolean aged, Instant now) {
        List<String> cells = new ArrayList<>(List.of("  " + title(row.object())));
        if (aged) {
            cells.add(isFailingSince(row, state) ? "for " + Age.since(row.since(), now) : "");
        }
        cells.add(row.health().why());
        return cells;
    }

    private static boolean isFailingSince(Row row, ObjectHealth.State state) {
        return state == ObjectHealth.State.FAILING && !row.since().isEmpty();
    }

    private static void append(StringBuilder text, String title, List<Problem> problems) {
        if (!problems.isEmpty()) {
            text.append('\n').append(SourceWords.problems(title, problems));
        }
    }

    private <T> Map<ObjectHealth.State, List<T>> byState(Function<Row, T> shown) {
        Map<ObjectHealth.State, List<T>> byState = new EnumMap<>(ObjectHealth.State.class);
        rows.forEach(row -> byState.computeIfAbsent(row.health().state(), _ -> new ArrayList<>())
                .add(shown.apply(row)));
        return byState;
    }

    private static String title(ResourceId id) {
        return id.kind() + ' ' + id.namespace() + '/' + id.name();
    }

    /** For programs; members are added and none is taken away. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("well", isWell());
        all.put("halted", !dangers.halted().isEmpty());
        all.put("haltedBy", dangers.halted().strip());
        all.put(
                "deadLetters",
                dangers.deadLetters().stream().map(DeadLetterPile::member).toList());
        all.put("unknown", dangers.unknown());
        all.put("alive", alive);
        all.put("services", services);
        all.put("underWay", underWay);
        Map<String, Object> manifests = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            manifests.put(
                    severity.name().toLowerCase(Locale.ROOT),
                    source.problems(severity).stream()
                            .map(problem -> Map.of("where", problem.where(), "message", problem.message()))
                            .toList());
        }
        all.put("manifests", manifests);
        all.put(
                "objects",
                byState(StatusReport::member).values().stream()
                        .flatMap(List::stream)
                        .toList());
        return JsonWriter.indented(all) + '\n';
    }

    private static Map<String, Object> member(Row row) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("kind", row.object().kind());
        member.put("namespace", row.object().namespace());
        member.put("name", row.object().name());
        member.put("state", row.health().state().name());
        member.put("why", row.health().why());
        if (!row.since().isEmpty()) {
            member.put("since", row.since());
        }
        return member;
    }
}
