package dev.tidemark.gotemplates.value;

/**
 * An integer of another Go type than {@code int64} (which is {@link Long}): {@code int} for literals and lengths,
 * {@code uint8} for bytes of strings, {@code uint64} for parts of versions.
 *
 * @param type an integer type
 * @param value the bits; unsigned types read them as unsigned
 */
public record GoInteger(GoType type, long value) {
    private static final int CACHED = 1024;
    private static final GoInteger[] SMALL = new GoInteger[CACHED];

    static {
        for (int i = 0; i < CACHED; i++) {
            SMALL[i] = new GoInteger(GoType.INT, i);
        }
    }

    /** A Go {@code int}. */
    public static GoInteger of(long value) {
        return value >= 0 && value < CACHED ? SMALL[(int) value] : new GoInteger(GoType.INT, value);
    }

    @Override
    public String toString() {
        return type.kind().isUnsigned() ? Long.toUnsignedString(value) : Long.toString(value);
    }
}
