package dev.tidemark.go.json;

/** Go's {@code uint64}, which the JDK has no number for: a {@link java.math.BigInteger} is one of JSON that fits no word. */
public final class Unsigned extends Number {

    private static final long serialVersionUID = 1L;

    private final long bits;

    public Unsigned(long bits) {
        this.bits = bits;
    }

    @Override
    public int intValue() {
        return (int) bits;
    }

    @Override
    public long longValue() {
        return bits;
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(toString());
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
