package dev.tidemark.gotemplates.format;

/** What stands between the percent sign and the verb. */
final class Flags {
    boolean minus;
    boolean plus;
    boolean sharp;
    boolean space;
    boolean zero;
    boolean hasWidth;
    boolean hasPrecision;
    int width;
    int precision;
    /** {@code %+v} and {@code %#v}: the flag changes the verb's meaning and not the number's form. */
    boolean plusV;

    boolean sharpV;

    boolean padsZeros() {
        return zero && !minus && hasWidth;
    }
}
