package dev.tidemark.go.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file: UTF-8, or UTF-16 with a byte order mark. */
public final class YamlBytes {

    private YamlBytes() {}

    /**
     * The text without its byte order mark.
     *
     * @throws YamlException for bytes in another encoding
     */
    public static String decode(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            throw new YamlException("is UTF-32 text: save it as UTF-8", 1, 1);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (bytes.length > 3 && (bytes[0] == 0 || bytes[1] == 0)) {
            throw new YamlException(
                    "looks like UTF-16 or UTF-32 text without a byte order mark: save it as UTF-8", 1, 1);
        }
        return decode(bytes, startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0, StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, Charset charset) {
        ByteBuffer input = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(input).toString();
        } catch (CharacterCodingException e) {
            // the buffer stands at the first byte that does not fit
            String before = new String(bytes, from, input.position() - from, charset);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            String name = charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "valid UTF-16";
            throw new YamlException("is not " + name + " text: save it as UTF-8", line, column);
        }
    }
}
