package dev.tidemark.cli.output;

import dev.tidemark.cli.tree.Json;
import dev.tidemark.cli.tree.Yaml;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints objects in the forms for machines, as kubectl does. */
public final class Documents {

    private Documents() {}

    /**
     * The text, with a line break at the end except for templates.
     *
     * @param single one object was asked for by name: it is printed itself, not in a list
     */
    public static String print(OutputFormat format, List<Found> found, boolean single) {
        return switch (format) {
            case OutputFormat.Yaml _ -> Yaml.write(root(found, single));
            case OutputFormat.Json _ -> Json.pretty(root(found, single)) + "\n";
            case OutputFormat.Template template -> template.template().print(root(found, single));
            case OutputFormat.Name _ -> names(found);
            case OutputFormat.Table table -> Tables.print(found, table.wide(), false, true, Instant.now());
        };
    }

    private static Map<String, Object> root(List<Found> found, boolean single) {
        if (single) {
            return found.getFirst().object().members();
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", found.stream().map(f -> f.object().members()).toList());
        return list;
    }

    private static String names(List<Found> found) {
        StringBuilder out = new StringBuilder();
        for (Found one : found) {
            out.append(one.kind().qualified())
                    .append('/')
                    .append(one.object().name())
                    .append('\n');
        }
        return out.toString();
    }
}
