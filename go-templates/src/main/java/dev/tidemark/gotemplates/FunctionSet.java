package dev.tidemark.gotemplates;

import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.functions.BuiltInFunctions;
import dev.tidemark.gotemplates.functions.SprigFunctions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that templates of an engine may call. Immutable. */
public final class FunctionSet {
    private final Map<String, TemplateFunction> functions;

    private FunctionSet(Map<String, TemplateFunction> functions) {
        this.functions = Map.copyOf(functions);
    }

    /** Those of Go itself: {@code and call eq ge gt html index js le len lt ne not or print printf println slice urlquery}. */
    public static FunctionSet builtIn() {
        return new FunctionSet(Map.of()).with(BuiltInFunctions.all());
    }

    /** Go's own and the 194 of Flux's commit messages: sprig, except what depends on more than its arguments. */
    public static FunctionSet commitMessage() {
        return builtIn().with(SprigFunctions.commitMessage());
    }

    /**
     * Go's own and the 159 of ResourceSets: slim-sprig, {@code slugify}, {@code toYaml}, {@code mustToYaml}, and
     * {@code inputs}, whose value is bound for each execution.
     */
    public static FunctionSet resourceSet() {
        return builtIn().with(SprigFunctions.resourceSet());
    }

    /** These functions too; a function of the same name is replaced. */
    public FunctionSet with(Collection<TemplateFunction> more) {
        var all = new LinkedHashMap<>(functions);
        for (TemplateFunction function : more) {
            all.put(function.name(), function);
        }
        return new FunctionSet(all);
    }

    public FunctionSet with(TemplateFunction... more) {
        return with(List.of(more));
    }

    public Set<String> names() {
        return functions.keySet();
    }

    public @Nullable TemplateFunction get(String name) {
        return functions.get(name);
    }
}
