package dev.tidemark.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of trees as Kubernetes holds those of JSON: 64 bits where a whole number fits, else a double. Whoever wants a whole
 * number sees that it is none.
 */
public final class GoNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(int value) {
        return numberNode((long) value);
    }

    @Override
    public NumericNode numberNode(long value) {
        return super.numberNode(value);
    }

    @Override
    public ValueNode numberNode(@Nullable BigInteger value) {
        if (value == null) {
            return nullNode();
        }
        return value.bitLength() < Long.SIZE ? numberNode(value.longValueExact()) : numberNode(value.doubleValue());
    }
}
