package dev.tidemark.renderer.cel;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.tidemark.renderer.domain.apply.Dependencies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code readyExpr} in CEL: the members of the object are variables (flux-gitless 2.7). */
public final class CelExpressions implements Dependencies.Expressions {

    /** A condition looks at one object: more steps are a mistake, or somebody who wants our time. */
    private static final int MAX_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    /** What objects have as a rule; one that has it not cannot be judged by it. */
    private static final List<String> MEMBERS =
            List.of("apiVersion", "kind", "metadata", "spec", "status", "data", "type");

    private static CelBuilder environment() {
        return CelFactory.legacyCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS),
                        CelExtensions.optional())
                .addRuntimeLibraries(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.encoders(OPTIONS),
                        CelExtensions.optional());
    }

    @Override
    public String problem(String expression) {
        try {
            var unused = environment().build().parse(expression).getAst();
            return "";
        } catch (CelValidationException invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }

    @Override
    public boolean isTrue(String expression, Map<String, @Nullable Object> object) {
        CelBuilder builder = environment();
        MEMBERS.forEach(member -> builder.addVar(member, SimpleType.DYN));
        object.keySet().stream()
                .filter(member -> !MEMBERS.contains(member))
                .forEach(member -> builder.addVar(member, SimpleType.DYN));
        Cel cel = builder.build();
        try {
            return Boolean.TRUE.equals(
                    cel.createProgram(cel.compile(expression).getAst()).eval(members(object)));
        } catch (CelValidationException | CelEvaluationException notToBeTold) {
            return false;
        } catch (StackOverflowError tooDeep) {
            return false;
        }
    }

    private static Map<String, Object> members(Map<String, @Nullable Object> object) {
        Map<String, Object> members = new HashMap<>();
        object.forEach((name, member) -> members.put(name, value(member)));
        return members;
    }

    /** CEL takes Java's null for a value that is not known yet; JSON's null is a value. */
    private static Object value(@Nullable Object json) {
        return switch (json) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> object -> {
                Map<Object, Object> members = new HashMap<>();
                object.forEach((name, member) -> members.put(name, value(member)));
                yield members;
            }
            case List<?> array -> {
                List<Object> elements = new ArrayList<>();
                array.forEach(element -> elements.add(value(element)));
                yield elements;
            }
            default -> json;
        };
    }
}
