package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKind.Column;
import dev.tidemark.cli.tree.JsonPath;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.flux.view.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints objects as tables, one per kind, as kubectl does. One that goes on, while somebody watches, keeps the widths of its
 * columns. For one thread.
 */
public final class Tables {

    private static final String GAP = "   ";
    private static final String DELETED = "deleted";

    private final Layout layout;
    private final Map<ObjectKind, List<Integer>> widths = new HashMap<>();

    /**
     * What tables show.
     *
     * @param namespaces with a column for the namespace
     * @param kinds with the kind before the name
     * @param labels with a column for all labels
     */
    public record Layout(boolean wide, boolean namespaces, boolean kinds, boolean labels, boolean headers) {}

    public Tables(Layout layout) {
        this.layout = layout;
    }

    /**
     * The tables; a kind's first one has its header.
     *
     * @param now what ages are counted from
     */
    public String print(List<Found> found, Instant now) {
        Map<ObjectKind, List<Found>> byKind = new LinkedHashMap<>();
        found.forEach(
                f -> byKind.computeIfAbsent(f.kind(), _ -> new ArrayList<>()).add(f));
        StringBuilder out = new StringBuilder();
        byKind.forEach((kind, objects) -> {
            List<List<String>> rows = new ArrayList<>();
            if (layout.headers() && !widths.containsKey(kind)) {
                out.append(widths.isEmpty() ? "" : "\n");
                rows.add(header(kind));
            }
            objects.forEach(f -> rows.add(row(f, now)));
            out.append(align(rows, widths.computeIfAbsent(kind, _ -> new ArrayList<>())));
        });
        return out.toString();
    }

    /** A row for an object that is gone. */
    public String deleted(Found found) {
        List<String> cells = name(found);
        cells.add(DELETED);
        return align(List.of(cells), widths.computeIfAbsent(found.kind(), _ -> new ArrayList<>()));
    }

    /** A table with the columns that somebody wants to see, of whatever kinds. */
    static String custom(List<Column> columns, List<Found> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        found.forEach(one -> rows.add(columns.stream()
                .map(column -> {
                    String value = value(one.object(), column);
                    return value.isEmpty() ? "<none>" : value;
                })
                .toList()));
        return align(rows);
    }

    private List<String> header(ObjectKind kind) {
        List<String> cells = new ArrayList<>();
        if (layout.namespaces()) {
            cells.add("NAMESPACE");
        }
        cells.add("NAME");
        columns(kind).forEach(column -> cells.add(column.title()));
        if (layout.labels()) {
            cells.add("LABELS");
        }
        return cells;
    }

    private List<String> row(Found found, Instant now) {
        List<String> cells = name(found);
        for (Column column : columns(found.kind())) {
            cells.add(cell(found.object(), column, now));
        }
        if (layout.labels()) {
            Map<String, String> labels = found.object().labels();
            cells.add(
                    labels.isEmpty()
                            ? "<none>"
                            : labels.entrySet().stream()
                                    .map(label -> label.getKey() + '=' + label.getValue())
                                    .collect(Collectors.joining(",")));
        }
        return cells;
    }

    private List<String> name(Found found) {
        List<String> cells = new ArrayList<>();
        if (layout.namespaces()) {
            cells.add(found.object().namespace());
        }
        String prefix = layout.kinds() ? found.kind().name().toLowerCase(Locale.ROOT) + '/' : "";
        cells.add(prefix + found.object().name());
        return cells;
    }

    private static String cell(Tree object, Column column, Instant now) {
        if (column.equals(Column.SUSPENDED)) {
            return Suspension.of(object) ? "True" : "False";
        }
        String value = value(object, column);
        return column.equals(Column.AGE) ? Age.since(value, now) : value;
    }

    private static String value(Tree object, Column column) {
        return JsonPath.parse('{' + column.path() + '}')
                .print(object.members())
                .replace('\n', ' ')
                .strip();
    }

    private List<Column> columns(ObjectKind kind) {
        return kind.columns().stream()
                .filter(column -> layout.wide() || !column.wideOnly())
                .toList();
    }

    /** Pads the cells to columns; nothing trails. */
    public static String align(List<List<String>> rows) {
        return align(rows, new ArrayList<>());
    }

    /** @param widths of the columns before; grow where a cell needs more */
    private static String align(List<List<String>> rows, List<Integer> widths) {
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = ScreenWidth.of(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else if (width > widths.get(i)) {
                    widths.set(i, width);
                }
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell)
                        .repeat(' ', widths.get(i) - ScreenWidth.of(cell))
                        .append(GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
