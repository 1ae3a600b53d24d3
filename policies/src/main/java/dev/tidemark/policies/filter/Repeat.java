package dev.tidemark.policies.filter;

import java.util.Optional;

/**
 * A counted repeat: <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>.
 *
 * @param end index behind the closing brace
 */
record Repeat(int min, int max, int end) {

    /** Not bounded from above. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Longer counts are refused by RE2 or are literal text. */
    private static final int MAX_DIGITS = 4;

    /** Nothing when the brace at the index begins literal text. */
    static Optional<Repeat> at(String text, int index) {
        int close = text.indexOf('}', index);
        if (close < 0) {
            return Optional.empty();
        }
        String inside = text.substring(index + 1, close);
        int comma = inside.indexOf(',');
        String least = comma < 0 ? inside : inside.substring(0, comma);
        String most = comma < 0 ? least : inside.substring(comma + 1);
        if (!isCount(least) || !(most.isEmpty() || isCount(most))) {
            return Optional.empty();
        }
        int max = most.isEmpty() ? UNBOUNDED : Integer.parseInt(most);
        return Optional.of(new Repeat(Integer.parseInt(least), max, close + 1));
    }

    private static boolean isCount(String digits) {
        return !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
