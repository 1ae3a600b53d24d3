package dev.tidemark.go.yaml;

/** Escapes inside of double quotes. */
final class Escapes {

    private static final int MAX_CODE_POINT = 0x10FFFF;

    private Escapes() {}

    /** Reads one, standing at its backslash; what it means goes to the value. */
    static void read(Source source, Folding value) {
        char name = source.peek(1);
        source.position += 2;
        switch (name) {
            case '0' -> value.append('\0');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 't', '\t' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'v' -> value.append('\u000B');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case 'e' -> value.append('\u001B');
            case ' ', '"', '\'', '\\' -> value.append(name);
            case 'N' -> value.append('\u0085');
            case '_' -> value.append('\u00A0');
            case 'L' -> value.append('\u2028');
            case 'P' -> value.append('\u2029');
            case 'x' -> code(source, 2, value);
            case 'u' -> code(source, 4, value);
            case 'U' -> code(source, 8, value);
            default -> {
                source.position -= 2;
                throw source.error("'\\" + (name == Chars.END ? "" : name)
                        + "' is not an escape of YAML: write '\\\\', or use single quotes");
            }
        }
    }

    private static void code(Source source, int digits, Folding value) {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Chars.hex(source.peek());
            if (digit < 0) {
                throw source.error("an escape that needs " + digits + " hexadecimal digits has " + i);
            }
            code = (code << 4) | digit;
            source.position++;
        }
        if (code > MAX_CODE_POINT || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw source.error("an escape names a character that does not exist");
        }
        value.appendCodePoint((int) code);
    }
}
