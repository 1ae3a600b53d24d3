package dev.tidemark.cli.output;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.yaml.write.YamlWriter;
import dev.tidemark.gotemplates.error.TemplateException;
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
            case OutputFormat.Yaml _ -> YamlWriter.render(root(found, single));
            case OutputFormat.Json _ -> JsonWriter.indented(root(found, single)) + "\n";
            case OutputFormat.Path path -> path.path().print(root(found, single));
            case OutputFormat.GoTemplate template -> filled(template, root(found, single));
            case OutputFormat.Name _ -> names(found);
            case OutputFormat.Columns columns -> Tables.custom(columns.columns(), found);
            case OutputFormat.Table table ->
                new Tables(new Tables.Layout(table.wide(), false, false, false, true)).print(found, Instant.now());
        };
    }

    private static String filled(OutputFormat.GoTemplate format, Map<String, Object> root) {
        try {
            return format.template().render(root);
        } catch (TemplateException wrong) {
            throw new UserError(wrong.getMessage() + ".", wrong);
        }
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
