package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.error.TemplateBoundException;
import dev.tidemark.gotemplates.error.TemplateExecutionException;
import dev.tidemark.gotemplates.function.ExecutionContext;
import dev.tidemark.gotemplates.limits.Allowance;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.limits.OverBound;
import dev.tidemark.gotemplates.parse.Node;
import dev.tidemark.gotemplates.parse.ParsedTemplate;
import dev.tidemark.gotemplates.parse.Source;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Values;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a template: sets it up and turns what goes wrong into the public exceptions. */
public final class Execution {
    private final ParsedTemplate template;
    private final Settings settings;
    private final Map<String, ? extends @Nullable Object> bindings;

    public Execution(ParsedTemplate template, Settings settings, Map<String, ? extends @Nullable Object> bindings) {
        this.template = template;
        this.settings = settings;
        this.bindings = bindings;
    }

    /**
     * Runs.
     *
     * @param together what it may use together with other executions; null for none
     * @throws TemplateExecutionException if the template does not fit the data or goes over a bound
     * @throws IOException of {@code out}
     */
    public void run(@Nullable Object data, Appendable out, @Nullable Allowance together) throws IOException {
        boolean mutates = template.functions().stream()
                .map(settings.functions())
                .anyMatch(function -> function != null && function.mutates());
        var budget = new Budget(settings.bounds(), together);
        Walker walker = null;
        try {
            var copies = mutates ? new DataCopy(budget) : null;
            var bound = new LinkedHashMap<String, @Nullable Object>();
            bindings.forEach((name, value) -> bound.put(name, copies == null ? value : copies.of(value)));
            var context = new ExecutionContext(budget, settings.clock(), settings.random(), bound);
            Object dot = Values.normal(copies == null ? data : copies.of(data));
            walker = new Walker(template, new Evaluator(settings, context), budget, out);
            walker.run(dot == null ? NoValue.INSTANCE : dot);
        } catch (Failure e) {
            Source.Position at = template.source().position(e.start());
            throw new TemplateExecutionException(
                    template.source().name(),
                    at.line(),
                    at.column(),
                    template.source().snippet(e.start(), e.end()),
                    String.valueOf(e.getMessage()));
        } catch (OverBound e) {
            throw over(walker, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            // The bound on depth is for usual stacks; a thread with a smaller one ends here.
            throw over(walker, "evaluations nested deeper than this thread's stack (bound: depth)");
        } catch (RuntimeException e) {
            // A function or an object of the host failed; its author needs the cause.
            Place place = place(walker);
            var failure = new TemplateExecutionException(
                    template.source().name(),
                    place.position.line(),
                    place.position.column(),
                    place.text,
                    "a function failed" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    private record Place(Source.Position position, String text) {}

    /** Where the walker is. */
    private Place place(@Nullable Walker walker) {
        Node node = walker == null ? null : walker.current();
        int start = node == null ? 0 : node.start();
        String text = node == null ? "" : template.source().snippet(start, node.end());
        return new Place(template.source().position(start), text);
    }

    private TemplateBoundException over(@Nullable Walker walker, String problem) {
        Place place = place(walker);
        return new TemplateBoundException(
                template.source().name(), place.position.line(), place.position.column(), place.text, problem);
    }
}
