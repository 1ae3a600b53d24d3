package dev.tidemark.go.regexp;

import java.util.Optional;

/**
 * A counted repeat: <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>.
 *
 * @param end index behind the closing brace
 */
public record Repeat(int min, int max, int end) {

    /** Not bounded from above. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Go's limit. */
    private static final int MOST = 1000;

    /** Longer counts are over the limit, whatever they are. */
    private static final int MAX_DIGITS = 4;

    /** Nothing when the brace at the index begins literal text. */
    public static Optional<Repeat> at(String text, int index) {
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
        return Optional.of(new Repeat(count(least), most.isEmpty() ? UNBOUNDED : count(most), close + 1));
    }

    /** Whether Go takes it: not above its limit, and not backwards. */
    public boolean isValid() {
        return min <= MOST && min <= max && (max <= MOST || max == UNBOUNDED);
    }

    /** A leading zero makes it literal text, as in Go. */
    private static boolean isCount(String digits) {
        return !digits.isEmpty()
                && (digits.length() == 1 || digits.charAt(0) != '0')
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int count(String digits) {
        return digits.length() > MAX_DIGITS ? MOST + 1 : Integer.parseInt(digits);
    }
}
