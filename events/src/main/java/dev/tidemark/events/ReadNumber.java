package dev.tidemark.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A number that is what we make of it to whoever computes with it, and is written with the digits that it was read with. */
final class ReadNumber extends NumericNode {

    private static final long serialVersionUID = 1L;

    private final NumericNode number;
    private final String digits;

    ReadNumber(NumericNode number, String digits) {
        this.number = number;
        this.digits = digits;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeNumber(digits);
    }

    @Override
    public JsonToken asToken() {
        return number.asToken();
    }

    @Override
    public JsonParser.NumberType numberType() {
        return number.numberType();
    }

    @Override
    public Number numberValue() {
        return number.numberValue();
    }

    @Override
    public int intValue() {
        return number.intValue();
    }

    @Override
    public long longValue() {
        return number.longValue();
    }

    @Override
    public double doubleValue() {
        return number.doubleValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return number.decimalValue();
    }

    @Override
    public BigInteger bigIntegerValue() {
        return number.bigIntegerValue();
    }

    @Override
    public boolean canConvertToInt() {
        return number.canConvertToInt();
    }

    @Override
    public boolean canConvertToLong() {
        return number.canConvertToLong();
    }

    @Override
    public boolean isNaN() {
        return number.isNaN();
    }

    @Override
    public String asText() {
        return number.asText();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReadNumber read && digits.equals(read.digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }
}
