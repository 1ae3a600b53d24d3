package dev.tidemark.gotemplates.functions;

/** Abbreviations of time zones as Go recognises them: letters, {@code GMT-8}, or just {@code +03}. */
final class GoZoneName {
    private static final String GMT = "GMT";
    private static final int MOST_HOURS = 23;

    private GoZoneName() {}

    /** How long the abbreviation is that a text begins with; 0 if it begins with none. */
    static int length(String text) {
        if (text.length() < 3) {
            return 0;
        }
        if (text.startsWith("ChST") || text.startsWith("MeST")) {
            return 4;
        }
        if (text.startsWith(GMT)) {
            return 3 + offsetLength(text.substring(3));
        }
        if (text.startsWith("+") || text.startsWith("-")) {
            return offsetLength(text);
        }
        int capitals = 0;
        while (capitals < 6
                && capitals < text.length()
                && text.charAt(capitals) >= 'A'
                && text.charAt(capitals) <= 'Z') {
            capitals++;
        }
        return switch (capitals) {
            case 5 -> text.charAt(4) == 'T' ? 5 : 0;
            case 4 -> text.charAt(3) == 'T' || text.startsWith("WITA") ? 4 : 0;
            case 3 -> 3;
            default -> 0;
        };
    }

    /** A sign and hours; 0 for anything else. */
    private static int offsetLength(String text) {
        if (!text.startsWith("+") && !text.startsWith("-")) {
            return 0;
        }
        int end = 1;
        int hours = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9' && hours <= MOST_HOURS) {
            hours = hours * 10 + text.charAt(end++) - '0';
        }
        return end == 1 || hours > MOST_HOURS ? 0 : end;
    }

    /** What Go knows of an abbreviation's offset: nothing, but for those of GMT. */
    static int hours(String name) {
        return name.startsWith(GMT) && name.length() > GMT.length()
                ? Integer.parseInt(name.substring(GMT.length()))
                : 0;
    }
}
