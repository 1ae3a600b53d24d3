package dev.tidemark.go.json;

import dev.tidemark.go.strconv.GoFloat;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of JSON as Kubernetes holds them: {@code int64} where one is written as such and fits, else {@code float64}. */
public final class JsonNumber {

    private JsonNumber() {}

    /**
     * A {@link Long} or a {@link Double}: {@code 1} is a long, {@code 1.0} and {@code 1e3} are doubles, and so is what has more
     * than 64 bits.
     *
     * @param written by the grammar of JSON
     * @throws NumberFormatException for a number that no double is large enough for
     */
    public static Number value(String written) {
        if (written.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-')) {
            try {
                return Long.valueOf(written);
            } catch (NumberFormatException tooLarge) {
                return GoFloat.parse(written);
            }
        }
        return GoFloat.parse(written);
    }

    /** The same of a number that somebody else read; what no double is large enough for becomes infinite. */
    public static Number value(Number read) {
        return switch (read) {
            case Long whole -> whole;
            case Integer whole -> whole.longValue();
            case Short whole -> whole.longValue();
            case Byte whole -> whole.longValue();
            case BigInteger whole ->
                whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : (Number) whole.doubleValue();
            case BigDecimal fraction -> fraction.doubleValue();
            default -> read.doubleValue();
        };
    }
}
