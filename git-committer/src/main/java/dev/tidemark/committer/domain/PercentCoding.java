package dev.tidemark.committer.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Percent escapes of URLs (RFC 3986); a plus sign is itself. */
final class PercentCoding {

    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String ALLOWED =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$&'()*+,;=:@/%";

    private PercentCoding() {}

    static boolean isValid(String text) {
        return !BROKEN.matcher(text).find();
    }

    /** Escapes what a path may not have; escapes that are there stay. */
    static String encode(String path) {
        StringBuilder result = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (ALLOWED.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append('%').append(HexFormat.of().toHexDigits(b).toUpperCase(Locale.ROOT));
            }
        }
        return result.toString();
    }

    /** @param text whose escapes are valid */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < raw.length; at++) {
            if (raw[at] == '%') {
                bytes.write(hex(raw, at + 1));
                at += 2;
            } else {
                bytes.write(raw[at]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte[] raw, int at) {
        return Character.digit(raw[at], 16) * 16 + Character.digit(raw[at + 1], 16);
    }
}
