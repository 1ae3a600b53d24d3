package dev.tidemark.gotemplates.parse;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a template may use.
 *
 * @param known their names
 */
public record FunctionNames(Set<String> known) {
    private static final int FAR = 3;

    /** The known name that is most like {@code unknown}, or null if none is near. */
    @Nullable
    String nearest(String unknown) {
        String best = null;
        int bestDistance = Math.min(FAR, Math.max(1, unknown.length() / 2) + 1);
        for (String name : new TreeSet<>(known)) {
            int distance = Math.abs(name.length() - unknown.length()) >= bestDistance
                    ? bestDistance
                    : name.equalsIgnoreCase(unknown) ? 0 : distance(name, unknown);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
