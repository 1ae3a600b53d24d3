package dev.tidemark.gotemplates.limits;

/**
 * How much one parse or one execution may use. Templates come from people who may write resources but need not be
 * able to stop the process that renders them.
 *
 * @param templateLength characters of a template's text
 * @param nesting blocks and parentheses inside each other, in the text
 * @param outputLength characters that one execution writes
 * @param textLength characters of any text that a function makes
 * @param listLength elements of a list that a function makes
 * @param steps nodes evaluated, elements visited and (a sixteenth each) characters handled by functions
 * @param depth evaluations inside each other: calls of templates, blocks, parentheses, nested values
 * @param patternLength characters of a regular expression
 * @param heavyCalls calls of functions that compute for long by their nature (keys, certificates, bcrypt, scrypt)
 */
public record Bounds(
        int templateLength,
        int nesting,
        int outputLength,
        int textLength,
        int listLength,
        long steps,
        int depth,
        int patternLength,
        int heavyCalls) {
    private static final Bounds DEFAULTS = new Bounds(
            // etcd refuses objects over 1.5 MiB, so no template in a resource is longer.
            2 * 1024 * 1024,
            // People nest ten deep; the parser and the evaluator recurse.
            200,
            // A rendered object set of 16 MiB is already ten times what a cluster would take.
            16 * 1024 * 1024,
            4 * 1024 * 1024,
            100_000,
            // About two seconds of one processor.
            10_000_000,
            // Three to four frames each on a stack of 512 KiB.
            400,
            1_000,
            20);

    public Bounds {
        if (templateLength < 1
                || nesting < 1
                || outputLength < 1
                || textLength < 1
                || listLength < 1
                || steps < 1
                || depth < 1
                || patternLength < 1
                || heavyCalls < 0) {
            throw new IllegalArgumentException("every bound must be positive");
        }
    }

    /** Generous for commit messages and sets of Kubernetes objects. */
    public static Bounds defaults() {
        return DEFAULTS;
    }

    public Bounds withTemplateLength(int characters) {
        return new Bounds(
                characters, nesting, outputLength, textLength, listLength, steps, depth, patternLength, heavyCalls);
    }

    public Bounds withNesting(int levels) {
        return new Bounds(
                templateLength, levels, outputLength, textLength, listLength, steps, depth, patternLength, heavyCalls);
    }

    public Bounds withOutputLength(int characters) {
        return new Bounds(
                templateLength, nesting, characters, textLength, listLength, steps, depth, patternLength, heavyCalls);
    }

    public Bounds withTextLength(int characters) {
        return new Bounds(
                templateLength, nesting, outputLength, characters, listLength, steps, depth, patternLength, heavyCalls);
    }

    public Bounds withListLength(int elements) {
        return new Bounds(
                templateLength, nesting, outputLength, textLength, elements, steps, depth, patternLength, heavyCalls);
    }

    public Bounds withSteps(long count) {
        return new Bounds(
                templateLength, nesting, outputLength, textLength, listLength, count, depth, patternLength, heavyCalls);
    }

    public Bounds withDepth(int levels) {
        return new Bounds(
                templateLength,
                nesting,
                outputLength,
                textLength,
                listLength,
                steps,
                levels,
                patternLength,
                heavyCalls);
    }

    public Bounds withPatternLength(int characters) {
        return new Bounds(
                templateLength, nesting, outputLength, textLength, listLength, steps, depth, characters, heavyCalls);
    }

    public Bounds withHeavyCalls(int calls) {
        return new Bounds(
                templateLength, nesting, outputLength, textLength, listLength, steps, depth, patternLength, calls);
    }
}
