package dev.tidemark.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;

/** Whole numbers of trees have 64 bits, whether a record made them or a text: equal ones are equal. */
final class LongNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(int value) {
        return numberNode((long) value);
    }
}
