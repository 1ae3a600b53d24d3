package dev.tidemark.gotemplates.functions;

import java.util.Locale;
import java.util.Map;

/** Texts that can be names of Kubernetes objects, as gosimple/slug makes them for English. */
final class Slug {
    /** The longest label of a DNS name. */
    private static final int LONGEST = 63;

    private static final Map<Integer, String> REPLACED = Map.of(
            (int) '&',
            "and",
            (int) '@',
            "at",
            (int) '"',
            "",
            (int) '\'',
            "",
            0x2019,
            "",
            0x2012,
            "-",
            0x2013,
            "-",
            0x2014,
            "-",
            0x2015,
            "-");

    private Slug() {}

    static String of(String text) {
        StringBuilder ascii = new StringBuilder();
        Spaces.trim(text).codePoints().forEach(point -> {
            String replacement = REPLACED.get(point);
            ascii.append(replacement == null ? Transliteration.of(point) : replacement);
        });
        StringBuilder slug = new StringBuilder();
        for (char c : ascii.toString().toLowerCase(Locale.ROOT).toCharArray()) {
            boolean kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            if (kept || slug.isEmpty() || slug.charAt(slug.length() - 1) != '-') {
                slug.append(kept ? c : '-');
            }
        }
        return cut(trimmed(slug.toString()));
    }

    private static String trimmed(String slug) {
        int start = 0;
        int end = slug.length();
        while (start < end && "-_".indexOf(slug.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "-_".indexOf(slug.charAt(end - 1)) >= 0) {
            end--;
        }
        return slug.substring(start, end);
    }

    /** A long slug ends before a dash if it has one. */
    private static String cut(String slug) {
        if (slug.length() <= LONGEST) {
            return slug;
        }
        int dash = slug.lastIndexOf('-', LONGEST);
        return slug.substring(0, dash < 0 ? LONGEST : dash);
    }
}
