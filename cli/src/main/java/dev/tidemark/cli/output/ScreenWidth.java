package dev.tidemark.cli.output;

import java.util.List;

/**
 * How many columns of a terminal a text takes: Chinese, Japanese and Korean characters and what is shown as an emoji take two,
 * a mark on the character before it takes none.
 */
final class ScreenWidth {

    /** Everything before takes one. */
    private static final int FIRST_MARK = 0x300;

    /** Wide or full-width, in Unicode's words. */
    private static final List<Range> WIDE = List.of(
            new Range(0x1100, 0x115F),
            new Range(0x2E80, 0x303E),
            new Range(0x3040, 0xA4CF),
            new Range(0xA960, 0xA97F),
            new Range(0xAC00, 0xD7A3),
            new Range(0xF900, 0xFAFF),
            new Range(0xFE10, 0xFE19),
            new Range(0xFE30, 0xFE6F),
            new Range(0xFF00, 0xFF60),
            new Range(0xFFE0, 0xFFE6),
            new Range(0x20000, 0x3FFFD));

    private record Range(int first, int last) {

        boolean has(int character) {
            return first <= character && character <= last;
        }
    }

    private ScreenWidth() {}

    static int of(String text) {
        return text.codePoints().map(ScreenWidth::of).sum();
    }

    private static int of(int character) {
        if (character < FIRST_MARK) {
            return 1;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        return Character.isEmojiPresentation(character) || WIDE.stream().anyMatch(range -> range.has(character));
    }
}
