package dev.tidemark.cli.output;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.tree.JsonPath;

/** What {@code -o} says. */
public sealed interface OutputFormat {

    record Table(boolean wide) implements OutputFormat {}

    record Yaml() implements OutputFormat {}

    record Json() implements OutputFormat {}

    record Name() implements OutputFormat {}

    record Template(JsonPath template) implements OutputFormat {}

    /** Reads the option's value; the empty one is the table. */
    static OutputFormat parse(String text) {
        if (text.startsWith("jsonpath=")) {
            try {
                return new Template(JsonPath.parse(text.substring("jsonpath=".length())));
            } catch (IllegalArgumentException e) {
                throw new UserError(e.getMessage() + ".", e);
            }
        }
        return switch (text) {
            case "" -> new Table(false);
            case "wide" -> new Table(true);
            case "yaml" -> new Yaml();
            case "json" -> new Json();
            case "name" -> new Name();
            default ->
                throw new UserError("there is no output format '" + text
                        + "': use wide, yaml, json, name or jsonpath='{.status…}'.");
        };
    }
}
