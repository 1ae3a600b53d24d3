package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.ExecutionContext;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.Signature;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.functions.BuiltInFunctions;
import dev.tidemark.gotemplates.parse.Node.Command;
import dev.tidemark.gotemplates.parse.Node.Pipeline;
import dev.tidemark.gotemplates.parse.Operand;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the values of pipelines. */
final class Evaluator {
    /** Marks that nothing is piped into a command. */
    private static final Object NOTHING = new Object();

    private final Settings settings;
    private final ExecutionContext context;
    private final Members members;

    Evaluator(Settings settings, ExecutionContext context) {
        this.settings = settings;
        this.context = context;
        this.members = new Members(settings.missingKey());
    }

    /** The value of a pipeline, given to the variables it declares or assigns. */
    @Nullable
    Object pipeline(Pipeline pipeline, @Nullable Object dot, Variables variables) {
        context.budget().enter();
        Object value = NOTHING;
        for (Command command : pipeline.commands()) {
            value = command(command, dot, variables, value);
            // Go digs out what an interface holds, and of nil nothing is left.
            value = value == null ? NoValue.INSTANCE : value;
        }
        for (String name : pipeline.variables()) {
            if (!pipeline.assigns()) {
                variables.declare(name, value);
            } else if (!variables.assign(name, value)) {
                throw new Failure(pipeline.start(), pipeline.end(), "undefined variable \"" + name + "\"");
            }
        }
        context.budget().leave();
        return value;
    }

    private @Nullable Object command(
            Command command, @Nullable Object dot, Variables variables, @Nullable Object piped) {
        context.budget().step();
        Operand first = command.operands().getFirst();
        try {
            return switch (first) {
                case Operand.Field field -> chain(dot, field.names(), command, dot, variables, piped);
                case Operand.Variable variable -> {
                    Object value = variable(variable, variables);
                    if (variable.names().isEmpty()) {
                        noArguments(command, piped);
                        yield value;
                    }
                    yield chain(value, variable.names(), command, dot, variables, piped);
                }
                case Operand.Chain c ->
                    chain(
                            operand(c.head(), Signature.VALUE, dot, variables),
                            c.names(),
                            command,
                            dot,
                            variables,
                            piped);
                case Operand.Function function -> call(function, command, dot, variables, piped);
                case Operand.Parenthesised p -> {
                    noArguments(command, piped);
                    yield pipeline(p.pipeline(), dot, variables);
                }
                case Operand.Dot d -> {
                    noArguments(command, piped);
                    yield dot;
                }
                case Operand.Nil nil -> {
                    noArguments(command, piped);
                    throw new FunctionException("nil is not a command");
                }
                case Operand.Bool b -> constant(b, command, piped);
                case Operand.Text t -> constant(t, command, piped);
                case Operand.Numeric n -> constant(n, command, piped);
            };
        } catch (FunctionException e) {
            throw new Failure(command.start(), command.end(), String.valueOf(e.getMessage()));
        }
    }

    private static Object constant(Operand operand, Command command, @Nullable Object piped) {
        noArguments(command, piped);
        return ArgumentCheck.literal(operand);
    }

    private static void noArguments(Command command, @Nullable Object piped) {
        if (command.operands().size() > 1 || piped != NOTHING) {
            throw new FunctionException("can't give argument to non-function");
        }
    }

    private static @Nullable Object variable(Operand.Variable variable, Variables variables) {
        if (!variables.has(variable.name())) {
            throw new FunctionException("undefined variable \"" + variable.name() + "\"");
        }
        return variables.get(variable.name());
    }

    /** Follows the names; arguments belong to the last one. */
    private @Nullable Object chain(
            @Nullable Object start,
            List<String> names,
            Command command,
            @Nullable Object dot,
            Variables variables,
            @Nullable Object piped) {
        Object value = follow(start, names.subList(0, names.size() - 1));
        boolean hasArguments = command.operands().size() > 1 || piped != NOTHING;
        Object member = members.read(value, names.getLast(), hasArguments);
        if (member instanceof Members.BoundMethod method) {
            var signature = new Signature(names.getLast(), method.method().parameters(), null);
            List<@Nullable Object> arguments = arguments(signature, command, dot, variables, piped);
            return Values.normal(method.call(arguments));
        }
        return member;
    }

    private @Nullable Object follow(@Nullable Object start, List<String> names) {
        Object value = start;
        for (String name : names) {
            context.budget().step();
            value = members.read(value, name, false);
            if (value instanceof Members.BoundMethod method) {
                String problem = new Signature(name, method.method().parameters(), null).checkCount(0);
                if (problem != null) {
                    throw new FunctionException(problem);
                }
                value = Values.normal(method.call(List.of()));
            }
        }
        return value;
    }

    private @Nullable Object call(
            Operand.Function name, Command command, @Nullable Object dot, Variables variables, @Nullable Object piped) {
        TemplateFunction function = settings.functions().apply(name.name());
        if (function == null) {
            throw new FunctionException("function \"" + name.name() + "\" not defined");
        }
        int count = command.operands().size() - 1 + (piped == NOTHING ? 0 : 1);
        String problem = function.signature().checkCount(count);
        if (problem != null) {
            throw new FunctionException(problem);
        }
        if (function.equals(BuiltInFunctions.AND) || function.equals(BuiltInFunctions.OR)) {
            return shortCircuit(function.equals(BuiltInFunctions.OR), command, dot, variables, piped);
        }
        List<@Nullable Object> arguments = arguments(function.signature(), command, dot, variables, piped);
        try {
            return charged(Values.normal(function.body().apply(new Arguments(arguments, context))));
        } catch (FunctionException e) {
            throw new FunctionException("error calling " + name.name() + ": " + e.getMessage());
        }
    }

    private @Nullable Object charged(@Nullable Object result) {
        if (result instanceof String text) {
            context.budget().text(text.length());
        } else if (result instanceof List<?> list) {
            context.budget().list(list.size());
        }
        return result;
    }

    /** {@code and} and {@code or} stop at the first argument that decides. */
    private @Nullable Object shortCircuit(
            boolean decides, Command command, @Nullable Object dot, Variables variables, @Nullable Object piped) {
        Object value = null;
        for (Operand operand : command.operands().subList(1, command.operands().size())) {
            value = operand(operand, Signature.VALUE, dot, variables);
            if (Values.truth(value) == decides) {
                return value;
            }
        }
        return piped == NOTHING ? value : piped;
    }

    private List<@Nullable Object> arguments(
            Signature signature, Command command, @Nullable Object dot, Variables variables, @Nullable Object piped) {
        int written = command.operands().size() - 1;
        int count = written + (piped == NOTHING ? 0 : 1);
        String problem = signature.checkCount(count);
        if (problem != null) {
            throw new FunctionException(problem);
        }
        var arguments = new ArrayList<@Nullable Object>(count);
        for (int i = 0; i < written; i++) {
            arguments.add(operand(command.operands().get(i + 1), signature.parameter(i), dot, variables));
        }
        if (piped != NOTHING) {
            arguments.add(ArgumentCheck.value(piped, signature.parameter(written)));
        }
        return arguments;
    }

    /** The value of an operand that stands for a parameter of type {@code wanted}. */
    private @Nullable Object operand(Operand operand, GoType wanted, @Nullable Object dot, Variables variables) {
        context.budget().step();
        try {
            return switch (operand) {
                case Operand.Dot d -> ArgumentCheck.value(dot, wanted);
                case Operand.Nil n -> ArgumentCheck.nil(wanted);
                case Operand.Field f -> ArgumentCheck.value(member(dot, f.names()), wanted);
                case Operand.Variable v -> ArgumentCheck.value(member(variable(v, variables), v.names()), wanted);
                case Operand.Chain c ->
                    ArgumentCheck.value(member(operand(c.head(), Signature.VALUE, dot, variables), c.names()), wanted);
                case Operand.Parenthesised p -> ArgumentCheck.value(pipeline(p.pipeline(), dot, variables), wanted);
                case Operand.Function f -> {
                    var alone = new Command(List.of(f), f.start(), f.end());
                    yield ArgumentCheck.value(command(alone, dot, variables, NOTHING), wanted);
                }
                case Operand.Bool b -> ArgumentCheck.constant(b, wanted);
                case Operand.Text t -> ArgumentCheck.constant(t, wanted);
                case Operand.Numeric n -> ArgumentCheck.constant(n, wanted);
            };
        } catch (FunctionException e) {
            throw new Failure(operand.start(), operand.end(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object member(@Nullable Object start, List<String> names) {
        return follow(start, names);
    }
}
