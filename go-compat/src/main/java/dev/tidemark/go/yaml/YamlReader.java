package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/**
 * The documents of a text as the JSON values that Go makes of them: null, {@link Boolean}, {@link Long}, {@link Double},
 * {@link String}, {@link java.util.List} and {@link java.util.Map} in the order of the text.
 *
 * <p>Numbers are as Kubernetes holds them: a Long where the JSON number is whole and fits, else a Double. What has no
 * JSON form (infinite numbers, maps as keys) is refused. Anchors are expanded within Go's bounds.
 */
public final class YamlReader {

    /** As deep as Go goes. What walks the values by calling itself needs a smaller bound. */
    public static final int MAX_DEPTH = Scanner.MAX_DEPTH;

    private final Composer composer;
    private final YamlDialect dialect;
    private final int maxDepth;

    /**
     * One document.
     *
     * @param root of its nodes
     * @param value of the root
     */
    public record Document(YamlNode root, @Nullable Object value) {

        /** Where it begins to have content, from 1. */
        public int line() {
            return root.start().line();
        }
    }

    public YamlReader(String text, YamlDialect dialect) {
        this(text, dialect, MAX_DEPTH);
    }

    /** @param maxDepth how deep collections may be nested, with anchors expanded */
    public YamlReader(String text, YamlDialect dialect, int maxDepth) {
        this.composer = new Composer(text, dialect);
        this.dialect = dialect;
        this.maxDepth = maxDepth;
    }

    /**
     * The next document, null behind the last one.
     *
     * @throws YamlException for what Go refuses, what has no JSON form, and what is over a bound
     */
    public @Nullable Document next() {
        YamlNode root = composer.next();
        return root == null ? null : new Document(root, new ValueBuilder(dialect, maxDepth).build(root));
    }

    /**
     * The value of the first document; those behind it are not looked at. Null also for a text without a document.
     *
     * @throws YamlException as {@link #next()}
     */
    public static @Nullable Object first(String text, YamlDialect dialect) {
        Document document = new YamlReader(text, dialect).next();
        return document == null ? null : document.value();
    }
}
