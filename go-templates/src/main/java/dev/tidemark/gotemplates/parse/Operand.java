package dev.tidemark.gotemplates.parse;

import dev.tidemark.gotemplates.parse.Node.Pipeline;
import java.util.List;

/** One operand of a command. */
public sealed interface Operand {
    int start();

    int end();

    /** {@code .} */
    record Dot(int start, int end) implements Operand {}

    record Nil(int start, int end) implements Operand {}

    record Bool(boolean value, int start, int end) implements Operand {}

    record Text(String value, int start, int end) implements Operand {}

    record Numeric(NumberLiteral value, int start, int end) implements Operand {}

    /** {@code .a.b} */
    record Field(List<String> names, int start, int end) implements Operand {}

    /** {@code $x.a.b} */
    record Variable(String name, List<String> names, int start, int end) implements Operand {}

    /** The name of a function. */
    record Function(String name, int start, int end) implements Operand {}

    /** {@code (pipeline)} */
    record Parenthesised(Pipeline pipeline, int start, int end) implements Operand {}

    /** {@code (pipeline).a.b} and {@code f.a.b} */
    record Chain(Operand head, List<String> names, int start, int end) implements Operand {}
}
