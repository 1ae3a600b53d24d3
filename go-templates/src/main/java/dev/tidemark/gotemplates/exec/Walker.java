package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.format.Print;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.parse.Node;
import dev.tidemark.gotemplates.parse.Node.Block;
import dev.tidemark.gotemplates.parse.Node.Pipeline;
import dev.tidemark.gotemplates.parse.ParsedTemplate;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.HostFunction;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Ordering;
import dev.tidemark.gotemplates.value.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the nodes of a template and writes the output. */
final class Walker {
    /** How a block ended. */
    private enum End {
        NORMAL,
        BREAK,
        CONTINUE
    }

    private final ParsedTemplate template;
    private final Evaluator evaluator;
    private final Budget budget;
    private final Appendable out;
    private @Nullable Node current;

    Walker(ParsedTemplate template, Evaluator evaluator, Budget budget, Appendable out) {
        this.template = template;
        this.evaluator = evaluator;
        this.budget = budget;
        this.out = out;
    }

    /** The node that was begun last. */
    @Nullable
    Node current() {
        return current;
    }

    void run(@Nullable Object dot) throws IOException {
        Block root = template.templates().get(template.source().name());
        if (root != null) {
            body(root, dot);
        }
    }

    /** A template's body has variables of its own. */
    private void body(Block block, @Nullable Object dot) throws IOException {
        var variables = new Variables();
        variables.declare("$", dot);
        block(block, dot, variables);
    }

    private End block(Block block, @Nullable Object dot, Variables variables) throws IOException {
        budget.enter();
        End end = End.NORMAL;
        for (Node node : block.nodes()) {
            end = node(node, dot, variables);
            if (end != End.NORMAL) {
                break;
            }
        }
        budget.leave();
        return end;
    }

    private End node(Node node, @Nullable Object dot, Variables variables) throws IOException {
        budget.step();
        current = node;
        switch (node) {
            case Node.Text text -> write(text.text());
            case Node.Action action -> {
                Object value = evaluator.pipeline(action.pipeline(), dot, variables);
                if (action.pipeline().variables().isEmpty()) {
                    print(action, value);
                }
            }
            case Node.If choice -> {
                return branch(choice.pipeline(), choice.body(), choice.otherwise(), dot, variables, false);
            }
            case Node.With with -> {
                return branch(with.pipeline(), with.body(), with.otherwise(), dot, variables, true);
            }
            case Node.Range range -> {
                return range(range, dot, variables);
            }
            case Node.Call call -> call(call, dot, variables);
            case Node.Break b -> {
                return End.BREAK;
            }
            case Node.Continue c -> {
                return End.CONTINUE;
            }
        }
        return End.NORMAL;
    }

    private void write(String text) throws IOException {
        budget.output(text.length());
        out.append(text);
    }

    private void print(Node.Action action, @Nullable Object value) throws IOException {
        if (value == null || value == NoValue.INSTANCE) {
            write("<no value>");
        } else if (value instanceof HostFunction) {
            throw new Failure(action.start(), action.end(), "can't print a function; use call");
        } else {
            write(Print.text(budget, value));
        }
    }

    private End branch(
            Pipeline pipeline,
            Block body,
            @Nullable Block otherwise,
            @Nullable Object dot,
            Variables variables,
            boolean setsDot)
            throws IOException {
        int mark = variables.mark();
        Object value = evaluator.pipeline(pipeline, dot, variables);
        End end = End.NORMAL;
        if (Values.truth(value)) {
            end = block(body, setsDot ? value : dot, variables);
        } else if (otherwise != null) {
            end = block(otherwise, dot, variables);
        }
        variables.resetTo(mark);
        return end;
    }

    private void call(Node.Call call, @Nullable Object dot, Variables variables) throws IOException {
        Block body = template.templates().get(call.template());
        if (body == null) {
            throw new Failure(call.start(), call.end(), "template \"" + call.template() + "\" not defined");
        }
        Object value = call.pipeline() == null ? NoValue.INSTANCE : evaluator.pipeline(call.pipeline(), dot, variables);
        body(body, value);
    }

    private End range(Node.Range range, @Nullable Object dot, Variables variables) throws IOException {
        int mark = variables.mark();
        Object value = Values.plain(evaluator.pipeline(range.pipeline(), dot, variables));
        int inner = variables.mark();
        var loop = new Loop(range, variables, inner);
        Long count = Values.integer(value);
        if (count != null) {
            integers(range, loop, value, count);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size() && loop.next(GoInteger.of(i), list.get(i)); i++) {}
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<Object, @Nullable Object> entry : Ordering.sorted(map)) {
                if (!loop.next(entry.getKey(), entry.getValue())) {
                    break;
                }
            }
        } else if (value != null && value != NoValue.INSTANCE) {
            throw new Failure(
                    range.pipeline().start(),
                    range.pipeline().end(),
                    "range can't iterate over a value of type " + Values.typeName(value)
                            + ": expected a list, a map or an integer");
        }
        End end = End.NORMAL;
        if (!loop.ran && range.otherwise() != null) {
            end = block(range.otherwise(), dot, variables);
        }
        variables.resetTo(mark);
        return end;
    }

    private static void integers(Node.Range range, Loop loop, @Nullable Object value, long count) throws IOException {
        if (range.pipeline().variables().size() > 1) {
            throw new Failure(
                    range.pipeline().start(),
                    range.pipeline().end(),
                    "can't use " + value + " to iterate over more than one variable");
        }
        for (long i = 0; i < count; i++) {
            Object element = value instanceof GoInteger whole
                    ? whole.type().equals(dev.tidemark.gotemplates.value.GoType.INT)
                            ? GoInteger.of(i)
                            : new GoInteger(whole.type(), i)
                    : (Object) i;
            if (!loop.next(element, element)) {
                return;
            }
        }
    }

    /** The turns of one range. */
    private final class Loop {
        private final Node.Range range;
        private final Variables variables;
        private final int mark;
        private boolean ran;

        Loop(Node.Range range, Variables variables, int mark) {
            this.range = range;
            this.variables = variables;
            this.mark = mark;
        }

        /** Runs the body once; false after a break. */
        boolean next(@Nullable Object index, @Nullable Object given) throws IOException {
            ran = true;
            budget.step();
            Object element = Values.normal(given);
            List<String> names = range.pipeline().variables();
            if (!names.isEmpty()) {
                set(names, 0, names.size() > 1 ? Values.normal(index) : element);
            }
            if (names.size() > 1) {
                set(names, 1, element);
            }
            End end = block(range.body(), element, variables);
            variables.resetTo(mark);
            return end != End.BREAK;
        }

        private void set(List<String> names, int which, @Nullable Object value) {
            if (range.pipeline().assigns()) {
                variables.assign(names.get(which), value);
            } else {
                variables.setFromTop(names.size() - 1 - which, value);
            }
        }
    }
}
