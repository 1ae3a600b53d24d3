package dev.tidemark.gotemplates;

import dev.tidemark.gotemplates.error.TemplateParseException;
import dev.tidemark.gotemplates.exec.MissingKey;
import dev.tidemark.gotemplates.exec.Settings;
import dev.tidemark.gotemplates.limits.Bounds;
import dev.tidemark.gotemplates.parse.Delimiters;
import dev.tidemark.gotemplates.parse.FunctionNames;
import dev.tidemark.gotemplates.parse.Parser;
import dev.tidemark.gotemplates.parse.Source;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Go's text/template. Immutable and thread-safe: make one for each set of settings.
 *
 * <pre>{@code
 * TemplateEngine engine = TemplateEngine.builder().build();
 * Template template = engine.parse("greeting", "Hello {{ .name }}!");
 * String text = template.render(Map.of("name", "tide"));
 * }</pre>
 */
public final class TemplateEngine {
    private final FunctionSet functions;
    private final Settings settings;
    private final Delimiters delimiters;
    private final FunctionNames names;

    private TemplateEngine(Builder builder) {
        functions = builder.functions;
        settings = new Settings(functions::get, builder.missingKey, builder.bounds, builder.clock, builder.random);
        delimiters = builder.delimiters;
        names = new FunctionNames(functions.names());
    }

    /** Go's defaults: delimiters {@code {{ }}}, built-in functions, absent keys give no value. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Parses.
     *
     * @param name of the template, for messages and for {@code template} actions
     * @throws TemplateParseException if the text is no template
     */
    public Template parse(String name, String text) {
        int bound = settings.bounds().templateLength();
        if (text.length() > bound) {
            throw new TemplateParseException(
                    name, 1, 1, "", "a template of more than " + bound + " characters (bound: templateLength)");
        }
        var parsed = Parser.parse(
                new Source(name, text), delimiters, names, settings.bounds().nesting());
        return new Template(this, parsed, Map.of());
    }

    /** The functions that its templates may call. */
    public FunctionSet functions() {
        return functions;
    }

    Settings settings() {
        return settings;
    }

    /** Settings of an engine; each has a default. */
    public static final class Builder {
        private FunctionSet functions = FunctionSet.builtIn();
        private Delimiters delimiters = Delimiters.USUAL;
        private MissingKey missingKey = MissingKey.NO_VALUE;
        private Bounds bounds = Bounds.defaults();
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = new SecureRandom();

        private Builder() {}

        public Builder functions(FunctionSet set) {
            functions = set;
            return this;
        }

        /** What begins and ends an action; an empty text means the usual one. */
        public Builder delimiters(String left, String right) {
            delimiters = new Delimiters(left, right);
            return this;
        }

        public Builder missingKey(MissingKey rule) {
            missingKey = rule;
            return this;
        }

        public Builder bounds(Bounds limits) {
            bounds = limits;
            return this;
        }

        /** For functions that look at the time, and the zone that dates without one are in. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /**
         * For functions whose result is random. It must be thread-safe if templates are executed by several threads,
         * and cryptographically strong (as the default is) where templates make keys or passwords.
         */
        public Builder random(RandomGenerator source) {
            random = source;
            return this;
        }

        public TemplateEngine build() {
            return new TemplateEngine(this);
        }
    }
}
