package dev.tidemark.go.semver;

/** Precedence of the texts after the hyphen: identifier by identifier, without any allocation. */
final class PreReleaseOrder {

    private PreReleaseOrder() {}

    /** An empty text (a release) is above every other. */
    static int compare(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        int i = 0;
        int j = 0;
        while (true) {
            int endA = identifierEnd(a, i);
            int endB = identifierEnd(b, j);
            int order = compareIdentifiers(a, i, endA, b, j, endB);
            boolean lastA = endA == a.length();
            boolean lastB = endB == b.length();
            if (order != 0 || (lastA && lastB)) {
                return order;
            }
            if (lastA || lastB) {
                return lastA ? -1 : 1;
            }
            i = endA + 1;
            j = endB + 1;
        }
    }

    private static int identifierEnd(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private static int compareIdentifiers(String a, int i, int endA, String b, int j, int endB) {
        boolean numericA = isNumeric(a, i, endA);
        boolean numericB = isNumeric(b, j, endB);
        if (numericA != numericB) {
            return numericA ? -1 : 1;
        }
        // Numeric identifiers have no leading zeros, so the longer one is the greater one.
        int lengthA = endA - i;
        int lengthB = endB - j;
        if (numericA && lengthA != lengthB) {
            return Integer.compare(lengthA, lengthB);
        }
        int common = Math.min(lengthA, lengthB);
        for (int k = 0; k < common; k++) {
            int order = Character.compare(a.charAt(i + k), b.charAt(j + k));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lengthA, lengthB);
    }

    private static boolean isNumeric(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
