package dev.tidemark.cli.tree;

/** Writes trees as YAML. */
public final class Yaml {

    private Yaml() {}

    /** Block style, one line per scalar, with a line break at the end. */
    public static String write(Object value) {
        return YamlWriter.write(value);
    }
}
