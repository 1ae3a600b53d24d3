package dev.tidemark.cli.output;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind.Column;
import dev.tidemark.cli.tree.JsonPath;
import dev.tidemark.gotemplates.Template;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.error.TemplateException;
import java.util.ArrayList;
import java.util.List;

/** What {@code -o} says. */
public sealed interface OutputFormat {

    record Table(boolean wide) implements OutputFormat {}

    /** {@code custom-columns}. */
    record Columns(List<Column> columns) implements OutputFormat {}

    record Yaml() implements OutputFormat {}

    record Json() implements OutputFormat {}

    record Name() implements OutputFormat {}

    record Path(JsonPath path) implements OutputFormat {}

    record GoTemplate(Template template) implements OutputFormat {}

    /** Reads the option's value; the empty one is the table. */
    static OutputFormat parse(String text) {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        return switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            case "" -> new Table(false);
            case "wide" -> new Table(true);
            case "yaml" -> new Yaml();
            case "json" -> new Json();
            case "name" -> new Name();
            case "jsonpath=" -> new Path(path(value));
            case "go-template=" -> new GoTemplate(template(value));
            case "custom-columns=" -> new Columns(columns(value));
            default ->
                throw new UserError(
                        "there is no output format '" + text + "': use wide, yaml, json, name,"
                                + " jsonpath='{.status…}', go-template='{{.status…}}' or custom-columns=NAME:.metadata.name,….");
        };
    }

    private static JsonPath path(String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    private static Template template(String text) {
        try {
            return TemplateEngine.builder().build().parse("output", text);
        } catch (TemplateException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    private static List<Column> columns(String text) {
        List<Column> columns = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            int colon = one.indexOf(':');
            if (colon < 1 || colon == one.length() - 1) {
                throw new UserError("'" + one + "' is no column: write custom-columns=TITLE:.path,TITLE:.path.");
            }
            String path = one.substring(colon + 1);
            String bare = path.startsWith("{") && path.endsWith("}") ? path.substring(1, path.length() - 1) : path;
            String rooted = bare.startsWith(".") || bare.startsWith("$") ? bare : '.' + bare;
            var unused = path('{' + rooted + '}');
            columns.add(new Column(one.substring(0, colon), rooted, false));
        }
        return columns;
    }
}
