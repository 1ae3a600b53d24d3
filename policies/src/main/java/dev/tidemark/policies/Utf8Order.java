package dev.tidemark.policies;

import java.util.Comparator;

/**
 * Orders texts as their UTF-8 bytes do, which is how Go orders strings (spec flux-git-based 22.3).
 * {@link String#compareTo} compares UTF-16 units and puts astral characters before U+E000.
 */
public enum Utf8Order implements Comparator<String> {
    ASCENDING;

    /** The order in which a scan stores tags (spec flux-git-based 9.5). */
    public static final Comparator<String> DESCENDING = ASCENDING.reversed();

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftAstral = Character.isSurrogate(left);
                boolean rightAstral = Character.isSurrogate(right);
                return leftAstral == rightAstral
                        ? Character.compare(left, right)
                        : Boolean.compare(leftAstral, rightAstral);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
