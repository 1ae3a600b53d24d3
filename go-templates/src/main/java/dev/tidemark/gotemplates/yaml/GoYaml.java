package dev.tidemark.gotemplates.yaml;

import dev.tidemark.go.yaml.write.YamlWriter;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.Bounds;
import dev.tidemark.gotemplates.limits.Budget;
import org.jspecify.annotations.Nullable;

/** YAML of the values of templates, byte for byte as {@code sigs.k8s.io/yaml.Marshal} writes it, see {@link YamlWriter}. */
public final class GoYaml {

    private GoYaml() {}

    /**
     * The YAML text of JDK values, ending in a line end; within the default bounds.
     *
     * @throws IllegalArgumentException if YAML cannot hold a value, or it goes over a bound
     */
    public static String write(@Nullable Object value) {
        try {
            return write(
                    new Budget(Bounds.defaults().withSteps(Long.MAX_VALUE).withTextLength(Integer.MAX_VALUE)), value);
        } catch (FunctionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The same within a budget.
     *
     * @throws FunctionException if YAML cannot hold a value
     */
    public static String write(Budget budget, @Nullable Object value) {
        var out = new BoundedOutput(budget);
        try {
            YamlWriter.write(value, out);
        } catch (FunctionException e) {
            throw new FunctionException("error marshaling into JSON: " + e.getMessage());
        }
        return out.toString();
    }
}
