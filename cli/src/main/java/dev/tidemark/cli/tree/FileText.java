package dev.tidemark.cli.tree;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a file as the services read it: UTF-8, or UTF-16 with a byte order mark. */
public final class FileText {

    private FileText() {}

    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (begins(bytes, 0xff, 0xfe)) {
            return text(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, 0xfe, 0xff)) {
            return text(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return text(bytes, begins(bytes, 0xef, 0xbb) ? 3 : 0, StandardCharsets.UTF_8);
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length > 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static String text(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }
}
