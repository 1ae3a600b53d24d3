package dev.tidemark.watcher.hook;

import java.io.ByteArrayOutputStream;

/** Base64 as Flux reads it with Go: line breaks do not count, and what is not base64 ends it without an error. */
final class GoBase64 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int GROUP = 4;

    private GoBase64() {}

    /** The bytes of all whole groups up to the first that is none; a last group without its padding is none. */
    static byte[] decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        int padding = 0;
        for (int i = 0; i < text.length() && count < GROUP; i++) {
            char c = text.charAt(i);
            int value = ALPHABET.indexOf(c);
            if (c == '\r' || c == '\n') {
                continue;
            }
            if (c == '=' && count >= 2) {
                padding++;
            } else if (value < 0 || padding > 0) {
                break;
            }
            bits = (bits << 6) | Math.max(0, value);
            if (++count == GROUP) {
                for (int k = 0; k < GROUP - 1 - padding; k++) {
                    out.write(bits >> (16 - 8 * k));
                }
                bits = 0;
                count = padding > 0 ? GROUP : 0;
            }
        }
        return out.toByteArray();
    }
}
