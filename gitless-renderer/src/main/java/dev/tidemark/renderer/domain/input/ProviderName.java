package dev.tidemark.renderer.domain.input;

import java.util.Locale;

/** Provider names as template keys: {@code inputs.my_provider} (flux-gitless 2.2). */
final class ProviderName {

    private ProviderName() {}

    /** Lower-case letters, digits and single underscores; empty if nothing else was in the name. */
    static String normalised(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                key.appendCodePoint(c);
            } else if (separates(c) && !key.isEmpty() && key.charAt(key.length() - 1) != '_') {
                key.append('_');
            }
        });
        int end = key.length();
        return end > 0 && key.charAt(end - 1) == '_' ? key.substring(0, end - 1) : key.toString();
    }

    private static boolean separates(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isPunctuation(c);
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
