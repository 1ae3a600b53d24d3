package dev.tidemark.watcher.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.tidemark.watcher.domain.ResourceFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in CEL with the variables {@code req} and {@code res}, as in Flux: macros, numbers of all types compare,
 * functions on text, optional values.
 */
public final class CelFilters implements ResourceFilter.Language {

    /** A condition looks at one small document: more steps are a mistake, or somebody who wants our time. */
    private static final int MAX_ITERATIONS = 10_000;

    private static final String REQUEST = "req";
    private static final String RESOURCE = "res";

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    /** Made with the first condition: most receivers have none, and it takes a while. */
    private static final class Environment {

        static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .addVar(REQUEST, SimpleType.DYN)
                .addVar(RESOURCE, SimpleType.DYN)
                .build();

        static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings(), CelExtensions.optional())
                .build();
    }

    @Override
    public Outcome compile(String expression) {
        try {
            CelAbstractSyntaxTree ast = Environment.COMPILER.compile(expression).getAst();
            CelType type = ast.getResultType();
            if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
                return new Outcome.Invalid("the result is a " + type.name() + ": write a condition, true or false");
            }
            CelRuntime.Program program = Environment.RUNTIME.createProgram(ast);
            return new Outcome.Compiled(new Condition(program));
        } catch (CelValidationException | CelEvaluationException invalid) {
            return new Outcome.Invalid(String.valueOf(invalid.getMessage()));
        }
    }

    private record Condition(CelRuntime.Program program) implements ResourceFilter {

        @Override
        public Verdict test(Map<String, @Nullable Object> request, Map<String, ?> resource) {
            try {
                return switch (program.eval(Map.of(REQUEST, value(request), RESOURCE, resource))) {
                    case Boolean wanted when wanted -> new Verdict.Wanted();
                    case Boolean unwanted -> new Verdict.Unwanted();
                    // The value may be the sender's, and secret: only its type is told.
                    case Object other ->
                        new Verdict.Failed("the result is " + (other instanceof String ? "a text" : "no condition")
                                + ": write a condition, true or false");
                };
            } catch (CelEvaluationException failed) {
                // The message may repeat what the sender said.
                return new Verdict.Failed(failed.getErrorCode().name());
            } catch (StackOverflowError tooDeep) {
                return new Verdict.Failed("the values it compares are nested too deeply");
            }
        }
    }

    /**
     * CEL takes Java's null for a value that is not known yet; JSON's null is a value. Without recursion: what a sender
     * says may be nested deeper than a thread's stack.
     */
    private static Object value(Map<String, @Nullable Object> request) {
        Map<Object, Object> root = new HashMap<>();
        Deque<Runnable> open = new ArrayDeque<>();
        request.forEach((name, member) -> root.put(name, copy(member, open)));
        while (!open.isEmpty()) {
            open.pop().run();
        }
        return root;
    }

    /** The value itself, or an empty copy that is filled later. */
    private static Object copy(@Nullable Object json, Deque<Runnable> open) {
        return switch (json) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> object -> {
                Map<Object, Object> members = new HashMap<>();
                open.push(() -> object.forEach((name, member) -> members.put(name, copy(member, open))));
                yield members;
            }
            case List<?> array -> {
                List<Object> elements = new ArrayList<>();
                open.push(() -> array.forEach(element -> elements.add(copy(element, open))));
                yield elements;
            }
            default -> json;
        };
    }
}
