package dev.tidemark.flux.folder;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The text of a manifest file: UTF-8, or UTF-16 with a byte order mark, as Kubernetes' parser reads it. */
sealed interface ManifestText {

    /** @param text without the byte order mark */
    record Decoded(String text) implements ManifestText {}

    /** @param line where the first wrong byte is, 0 where that says nothing */
    record Unreadable(int line, String why) implements ManifestText {}

    static ManifestText of(byte[] bytes) {
        if (begins(bytes, 0xff, 0xfe, 0, 0) || begins(bytes, 0, 0, 0xfe, 0xff)) {
            return new Unreadable(0, "is UTF-32 text: save it as UTF-8");
        }
        if (begins(bytes, 0xff, 0xfe)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, 0xfe, 0xff)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (bytes.length > 3 && (bytes[0] == 0 || bytes[1] == 0)) {
            return new Unreadable(0, "looks like UTF-16 or UTF-32 text without a byte order mark: save it as UTF-8");
        }
        return decoded(bytes, begins(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0, StandardCharsets.UTF_8);
    }

    private static ManifestText decoded(byte[] bytes, int from, Charset charset) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        try {
            return new Decoded(charset.newDecoder().decode(in).toString());
        } catch (CharacterCodingException malformed) {
            return charset.equals(StandardCharsets.UTF_8)
                    ? new Unreadable(lineOf(bytes, in.position()), "is not UTF-8 text: save it as UTF-8")
                    : new Unreadable(0, "is not valid UTF-16 text: save it as UTF-8");
        }
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static boolean begins(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
