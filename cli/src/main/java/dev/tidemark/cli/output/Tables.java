package dev.tidemark.cli.output;

import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKind.Column;
import dev.tidemark.cli.tree.JsonPath;
import dev.tidemark.flux.view.Suspension;
import dev.tidemark.flux.view.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints objects as tables, one per kind, as kubectl does. */
public final class Tables {

    private static final String GAP = "   ";

    private Tables() {}

    /**
     * The tables.
     *
     * @param allNamespaces with a column for the namespace
     * @param headers false while watching, after the first time
     * @param now what ages are counted from
     */
    public static String print(List<Found> found, boolean wide, boolean allNamespaces, boolean headers, Instant now) {
        Map<ObjectKind, List<Found>> byKind = new LinkedHashMap<>();
        found.forEach(
                f -> byKind.computeIfAbsent(f.kind(), _ -> new ArrayList<>()).add(f));
        StringBuilder out = new StringBuilder();
        byKind.forEach((kind, objects) -> {
            List<List<String>> rows = new ArrayList<>();
            if (headers) {
                out.append(out.isEmpty() ? "" : "\n");
                rows.add(header(kind, wide, allNamespaces));
            }
            objects.forEach(f -> rows.add(row(f, wide, allNamespaces, byKind.size() > 1, now)));
            out.append(align(rows));
        });
        return out.toString();
    }

    private static List<String> header(ObjectKind kind, boolean wide, boolean allNamespaces) {
        List<String> cells = new ArrayList<>();
        if (allNamespaces) {
            cells.add("NAMESPACE");
        }
        cells.add("NAME");
        columns(kind, wide).forEach(column -> cells.add(column.title()));
        return cells;
    }

    private static List<String> row(Found found, boolean wide, boolean allNamespaces, boolean withKind, Instant now) {
        List<String> cells = new ArrayList<>();
        if (allNamespaces) {
            cells.add(found.object().namespace());
        }
        String prefix = withKind ? found.kind().name().toLowerCase(Locale.ROOT) + '/' : "";
        cells.add(prefix + found.object().name());
        for (Column column : columns(found.kind(), wide)) {
            cells.add(cell(found.object(), column, now));
        }
        return cells;
    }

    private static String cell(Tree object, Column column, Instant now) {
        if (column.equals(Column.SUSPENDED)) {
            return Suspension.of(object) ? "True" : "False";
        }
        String value = JsonPath.parse('{' + column.path() + '}').print(object.members());
        return column.equals(Column.AGE)
                ? Age.since(value, now)
                : value.replace('\n', ' ').strip();
    }

    private static List<Column> columns(ObjectKind kind, boolean wide) {
        return kind.columns().stream()
                .filter(column -> wide || !column.wideOnly())
                .toList();
    }

    /** Pads the cells to columns; nothing trails. */
    public static String align(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
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
                line.append(cell).repeat(' ', widths.get(i) - cell.length()).append(GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
