package dev.tidemark.gotemplates.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Characters in ASCII, by the table of gosimple/unidecode, which slugs are made with: other tables differ from it in every
 * seventh character outside of Latin.
 */
final class Transliteration {
    private static final String TABLE = "unidecode.txt";
    private static final int LAST_OF_PLANE = 0xFFFF;

    private Transliteration() {}

    /** Read once, and only where a slug is made of more than ASCII. */
    private static final class Table {
        static final String[][] ROWS = read();

        private static String[][] read() {
            try (InputStream in = Objects.requireNonNull(Transliteration.class.getResourceAsStream(TABLE), TABLE)) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .map(line -> line.split("\t", -1))
                        .toArray(String[][]::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Nothing for what the table does not have, also for all characters beyond U+FFFF. */
    static String of(int point) {
        if (point < 0x80) {
            return Character.toString(point);
        }
        if (point > LAST_OF_PLANE) {
            return "";
        }
        String[] row = Table.ROWS[point >> 8];
        int column = point & 0xFF;
        return column < row.length ? row[column] : "";
    }
}
