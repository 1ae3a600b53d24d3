package dev.tidemark.go.text;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;

/**
 * Go's strings are bytes, ours are chars. The rule: a byte that is not part of valid UTF-8, such as a function makes
 * that cuts a character in two, is held as the lone surrogate {@code U+DC00 + byte}; {@link #bytes} turns it back.
 * Lone surrogates outside {@code U+DC80..U+DCFF} cannot come from Go and are written as U+FFFD.
 */
public final class Utf8 {
    private static final int ESCAPE = 0xDC00;
    private static final char UNKNOWN = '\uFFFD';
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    /** The order of Go's strings: by bytes. */
    public static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    /** Whether the char at {@code index} stands for a raw byte. */
    public static boolean isRawByte(CharSequence text, int index) {
        char c = text.charAt(index);
        return c >= 0xDC80 && c <= 0xDCFF && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** A raw byte (0x80 to 0xff) as a char. */
    public static char rawByte(int value) {
        return (char) (ESCAPE + (value & 0xFF));
    }

    /** The bytes that Go's string would hold. */
    public static byte[] bytes(CharSequence text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out.write(c);
            } else if (c < 0x800) {
                out.write(0xC0 | c >> 6);
                out.write(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                out.write(0xE0 | c >> 12);
                out.write(0x80 | (c >> 6 & 0x3F));
                out.write(0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out.write(0xF0 | point >> 18);
                out.write(0x80 | (point >> 12 & 0x3F));
                out.write(0x80 | (point >> 6 & 0x3F));
                out.write(0x80 | (point & 0x3F));
            } else if (c >= 0xDC80 && c <= 0xDCFF) {
                out.write(c - ESCAPE);
            } else {
                out.writeBytes(REPLACEMENT);
            }
        }
        return out.toByteArray();
    }

    /** The number of {@link #bytes}. */
    public static int length(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    length++;
                } else if (!isRawByte(text, i)) {
                    // Two more; a surrogate pair is four bytes for two chars.
                    length += Character.isHighSurrogate(c)
                                    && i + 1 < text.length()
                                    && Character.isLowSurrogate(text.charAt(i + 1))
                            ? 1
                            : isPairedLow(text, i) ? 1 : 2;
                }
            }
        }
        return length;
    }

    private static boolean isPairedLow(CharSequence text, int index) {
        return Character.isLowSurrogate(text.charAt(index))
                && index > 0
                && Character.isHighSurrogate(text.charAt(index - 1));
    }

    public static String string(byte[] bytes) {
        return string(bytes, 0, bytes.length);
    }

    /** Decodes bytes, keeping those that are no UTF-8. */
    public static String string(byte[] bytes, int from, int to) {
        return decoded(bytes, from, to, true);
    }

    /** Decodes bytes as Go shows them and takes them from JSON: each that is no UTF-8 becomes U+FFFD. */
    public static String shown(byte[] bytes, int from, int to) {
        return decoded(bytes, from, to, false);
    }

    private static String decoded(byte[] bytes, int from, int to, boolean keeps) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int first = bytes[i] & 0xFF;
            int size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
            int point = size == 1 ? first : decode(bytes, i, to, first, size);
            if (point < 0) {
                text.append(keeps ? rawByte(first) : UNKNOWN);
                i++;
            } else {
                text.appendCodePoint(point);
                i += size;
            }
        }
        return text.toString();
    }

    private static int decode(byte[] bytes, int at, int to, int first, int size) {
        if (size == 0 || at + size > to) {
            return -1;
        }
        int point = first & (0xFF >> (size + 1));
        for (int k = 1; k < size; k++) {
            int next = bytes[at + k] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | (next & 0x3F);
        }
        boolean overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
        boolean outside = point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF);
        return overlong || outside ? -1 : point;
    }

    /** The bytes from {@code from} up to {@code to}, as a string. */
    public static String slice(String text, int from, int to) {
        return isAscii(text) ? text.substring(from, to) : string(bytes(text), from, to);
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Compares as Go does: by bytes. */
    public static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) || Character.isSurrogate(y)
                        ? java.util.Arrays.compareUnsigned(bytes(a), bytes(b))
                        : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
