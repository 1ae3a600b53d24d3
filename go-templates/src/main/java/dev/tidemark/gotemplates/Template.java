package dev.tidemark.gotemplates;

import dev.tidemark.gotemplates.error.TemplateExecutionException;
import dev.tidemark.gotemplates.exec.Execution;
import dev.tidemark.gotemplates.limits.Allowance;
import dev.tidemark.gotemplates.parse.ParsedTemplate;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed template. Immutable and safe to execute by many threads at once. */
public final class Template {
    private final TemplateEngine engine;
    private final ParsedTemplate parsed;
    private final Map<String, @Nullable Object> bindings;

    Template(TemplateEngine engine, ParsedTemplate parsed, Map<String, @Nullable Object> bindings) {
        this.engine = engine;
        this.parsed = parsed;
        this.bindings = bindings;
    }

    public String name() {
        return parsed.source().name();
    }

    /** The names of the templates in it: its own and those of {@code define} and {@code block}. */
    public Set<String> templates() {
        return parsed.templates().keySet();
    }

    /** The names of the functions it uses. */
    public Set<String> functions() {
        return parsed.functions();
    }

    /**
     * This template with a value for a function that returns what is bound to it, such as {@code inputs}. Cheap.
     *
     * @throws IllegalArgumentException if the engine has no function of that name
     */
    public Template bind(String function, @Nullable Object value) {
        if (engine.functions().get(function) == null) {
            throw new IllegalArgumentException("no function named " + function + " to bind a value to");
        }
        var more = new LinkedHashMap<String, @Nullable Object>(bindings);
        more.put(function, value);
        return new Template(engine, parsed, more);
    }

    /**
     * Executes, writing while it goes: after an error the output has what came before.
     *
     * @param data the dot: JDK values, lists, maps and {@link dev.tidemark.gotemplates.value.TemplateObject}s. It is
     *     not changed, and nobody may change it meanwhile.
     * @param out gets the text; bytes that are no UTF-8 are written as
     *     {@link dev.tidemark.go.text.Utf8} tells
     * @throws TemplateExecutionException if it fails
     * @throws IOException of {@code out}
     */
    public void execute(@Nullable Object data, Appendable out) throws IOException {
        execute(data, out, null);
    }

    private void execute(@Nullable Object data, Appendable out, @Nullable Allowance together) throws IOException {
        new Execution(parsed, engine.settings(), bindings).run(data, out, together);
    }

    /**
     * Executes into a text; see {@link #execute}.
     *
     * @throws TemplateExecutionException if it fails
     */
    public String render(@Nullable Object data) {
        return render(data, null);
    }

    /**
     * Executes into a text with what is left of an allowance; see {@link #execute}.
     *
     * @param together what it may use together with other executions; null for none
     * @throws TemplateExecutionException if it fails
     */
    public String render(@Nullable Object data, @Nullable Allowance together) {
        StringBuilder out = new StringBuilder();
        try {
            execute(data, out, together);
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder does not fail", e);
        }
        return out.toString();
    }
}
