package dev.tidemark.cli.tree;

import dev.tidemark.flux.view.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** kubectl's {@code --field-selector}, of the fields that an API server has for every kind: name and namespace. */
public record FieldSelector(List<Requirement> requirements) implements Predicate<Tree> {

    private static final Set<String> FIELDS = Set.of("metadata.name", "metadata.namespace");

    /** One of several that all hold. */
    public record Requirement(String field, boolean equal, String value) {}

    /**
     * Reads {@code field=value}, {@code field==value} and {@code field!=value}, with commas.
     *
     * @throws IllegalArgumentException says what is wrong
     */
    public static FieldSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + one + "' is no field selector: write metadata.name=my-app");
            }
            boolean not = one.charAt(equals - 1) == '!';
            String field = one.substring(0, not ? equals - 1 : equals).strip();
            String value = one.substring(equals + 1);
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        "'" + field + "' cannot be selected by: use metadata.name or metadata.namespace");
            }
            requirements.add(
                    new Requirement(field, !not, (value.startsWith("=") ? value.substring(1) : value).strip()));
        }
        return new FieldSelector(requirements);
    }

    @Override
    public boolean test(Tree object) {
        return requirements.stream()
                .allMatch(one -> one.equal()
                        == one.value()
                                .equals(one.field().equals("metadata.name") ? object.name() : object.namespace()));
    }
}
