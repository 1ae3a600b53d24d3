package dev.tidemark.flux;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.tidemark.go.json.JsonNumber;
import dev.tidemark.go.strconv.FloatText;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of resources as they come back from Kubernetes, which writes JSON and reads that: {@code 1.0} and {@code 1e0} are
 * the whole number 1, what has more than 64 bits is a double. So a manifest says the same in JSON and in YAML.
 */
final class KubernetesNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(int value) {
        return super.numberNode((long) value);
    }

    @Override
    public NumericNode numberNode(double value) {
        return Double.isFinite(value) ? node(JsonNumber.value(FloatText.json(value))) : super.numberNode(value);
    }

    @Override
    public ValueNode numberNode(@Nullable BigInteger value) {
        return value == null ? nullNode() : node(JsonNumber.value(value));
    }

    private NumericNode node(Number number) {
        return number instanceof Long whole
                ? super.numberNode(whole.longValue())
                : super.numberNode(number.doubleValue());
    }
}
