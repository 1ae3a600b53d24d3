package dev.tidemark.cli.objects;

import dev.tidemark.flux.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind that can be asked for.
 *
 * @param names what people type besides the kind itself, the plural first; in lower case
 * @param columns of the table after the name
 */
public record ObjectKind(String name, String group, List<String> names, List<Column> columns) {

    /**
     * A column of the table.
     *
     * @param path a JSONPath expression without braces
     * @param wideOnly shown with {@code -o wide} only
     */
    public record Column(String title, String path, boolean wideOnly) {

        /** Printed as the time that has passed since then. */
        public static final Column AGE = of("AGE", ".metadata.creationTimestamp");

        /** Printed as {@code True} or {@code False}: kinds say it in different places. */
        public static final Column SUSPENDED = of("SUSPENDED", ".spec.suspend");

        static Column of(String title, String path) {
            return new Column(title, path, false);
        }

        static Column wide(String title, String path) {
            return new Column(title, path, true);
        }
    }

    /** One that Tidemark serves. */
    static ObjectKind of(Kind<?> kind, Column... columns) {
        List<String> names = new ArrayList<>(List.of(kind.plural()));
        names.addAll(kind.shortNames());
        return new ObjectKind(kind.name(), kind.group(), List.copyOf(names), List.of(columns));
    }

    /** Whether somebody who types that word means this kind; case and an API group behind a dot do not matter. */
    public boolean answersTo(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith('.' + group) && !group.isEmpty()
                ? lower.substring(0, lower.length() - group.length() - 1)
                : lower;
        return plain.equals(name.toLowerCase(Locale.ROOT)) || names.contains(plain);
    }

    /** As people type it who know kubectl: {@code imagepolicy}. */
    public String word() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** As {@code -o name} prints it: {@code imagepolicy.image.toolkit.fluxcd.io}. */
    public String qualified() {
        String lower = name.toLowerCase(Locale.ROOT);
        return group.isEmpty() ? lower : lower + '.' + group;
    }
}
