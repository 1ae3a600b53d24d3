package dev.tidemark.gotemplates.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template consists of: texts and actions. */
public sealed interface Node {
    /** Offset of the first character. */
    int start();

    /** Offset after the last character that messages show. */
    int end();

    record Text(String text, int start, int end) implements Node {}

    /** A pipeline; its value is printed unless it declares or assigns. */
    record Action(Pipeline pipeline) implements Node {
        @Override
        public int start() {
            return pipeline.start();
        }

        @Override
        public int end() {
            return pipeline.end();
        }
    }

    /** {@code if}: a chain of {@code else if} is an {@code If} inside {@code otherwise}. */
    record If(Pipeline pipeline, Block body, @Nullable Block otherwise, int start, int end) implements Node {}

    record With(Pipeline pipeline, Block body, @Nullable Block otherwise, int start, int end) implements Node {}

    record Range(Pipeline pipeline, Block body, @Nullable Block otherwise, int start, int end) implements Node {}

    /** {@code template}, and the place where a {@code block} stands. */
    record Call(String template, @Nullable Pipeline pipeline, int start, int end) implements Node {}

    record Break(int start, int end) implements Node {}

    record Continue(int start, int end) implements Node {}

    /** Nodes one after the other. */
    record Block(List<Node> nodes) {
        /** Whether it holds nothing but white space. */
        boolean isBlank() {
            return nodes.stream()
                    .allMatch(node -> node instanceof Text text && text.text().isBlank());
        }
    }

    /**
     * Commands, each getting the value of the one before as its last argument.
     *
     * @param variables that take the value, {@code $} included
     * @param assigns the variables exist already
     */
    record Pipeline(List<String> variables, boolean assigns, List<Command> commands, int start, int end) {}

    /** An operand or function with its arguments. */
    record Command(List<Operand> operands, int start, int end) {}
}
