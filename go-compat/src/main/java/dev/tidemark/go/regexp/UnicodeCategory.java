package dev.tidemark.go.regexp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A class of characters that a pattern names. Go takes short and long names, in any case and with blanks, hyphens and
 * underscores ignored; RE2/J only the short ones of categories and scripts in their usual spelling, and not all of them.
 *
 * @param members as RE2/J writes them inside a class
 * @param complement whether it is all characters but the members
 */
record UnicodeCategory(String members, boolean complement) {

    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            Map.entry("control", "Cc"),
            Map.entry("cntrl", "Cc"),
            Map.entry("format", "Cf"),
            Map.entry("privateuse", "Co"),
            Map.entry("surrogate", "Cs"),
            Map.entry("letter", "L"),
            Map.entry("lowercaseletter", "Ll"),
            Map.entry("modifierletter", "Lm"),
            Map.entry("otherletter", "Lo"),
            Map.entry("titlecaseletter", "Lt"),
            Map.entry("uppercaseletter", "Lu"),
            Map.entry("mark", "M"),
            Map.entry("combiningmark", "M"),
            Map.entry("spacingmark", "Mc"),
            Map.entry("enclosingmark", "Me"),
            Map.entry("nonspacingmark", "Mn"),
            Map.entry("number", "N"),
            Map.entry("decimalnumber", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("letternumber", "Nl"),
            Map.entry("othernumber", "No"),
            Map.entry("punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("connectorpunctuation", "Pc"),
            Map.entry("dashpunctuation", "Pd"),
            Map.entry("closepunctuation", "Pe"),
            Map.entry("finalpunctuation", "Pf"),
            Map.entry("initialpunctuation", "Pi"),
            Map.entry("otherpunctuation", "Po"),
            Map.entry("openpunctuation", "Ps"),
            Map.entry("symbol", "S"),
            Map.entry("currencysymbol", "Sc"),
            Map.entry("modifiersymbol", "Sk"),
            Map.entry("mathsymbol", "Sm"),
            Map.entry("othersymbol", "So"),
            Map.entry("separator", "Z"),
            Map.entry("lineseparator", "Zl"),
            Map.entry("paragraphseparator", "Zp"),
            Map.entry("spaceseparator", "Zs"));

    /** All that has a meaning; the rest is Go's category C. */
    private static final String MEANINGFUL = "\\pL\\pM\\pN\\pP\\pS\\pZ";

    private static final String ASSIGNED = MEANINGFUL + "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}";

    /** Without another case outside Turkish. */
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    private static final Map<String, String> USUAL_NAMES = usualNames();

    /** Unknown names stay as they are, for RE2/J to refuse. */
    static UnicodeCategory of(String written) {
        boolean negated = written.startsWith("^");
        String name = negated ? written.substring(1) : written;
        return switch (name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")) {
            case "any" -> new UnicodeCategory("\\x00-\\x{10FFFF}", negated);
            case "ascii" -> new UnicodeCategory("\\x00-\\x7F", negated);
            case "assigned" -> new UnicodeCategory(ASSIGNED, negated);
            case "cn", "unassigned" -> new UnicodeCategory(ASSIGNED, !negated);
            case "c", "other" -> new UnicodeCategory(MEANINGFUL, !negated);
            case "lc", "casedletter" -> new UnicodeCategory("\\p{Lu}\\p{Ll}\\p{Lt}", negated);
            case String known -> new UnicodeCategory("\\p{" + USUAL_NAMES.getOrDefault(known, name) + '}', negated);
        };
    }

    /**
     * As it may stand in a pattern, or within the brackets of a class.
     *
     * @throws GoPatternException for a complement of several members within brackets, which cannot be written
     */
    String text(boolean negated, boolean inClass, boolean ignoresCase) {
        boolean without = negated != complement;
        String all = ignoresCase && members.equals("\\p{Ll}") ? members + capitals() : members;
        if (!inClass) {
            return (without ? "[^" : "[") + all + ']';
        }
        if (!without) {
            return all;
        }
        if (all.equals("\\x00-\\x7F")) {
            return "\\x{80}-\\x{10FFFF}";
        }
        if (all.equals("\\x00-\\x{10FFFF}")) {
            return "";
        }
        if (all.equals(MEANINGFUL)) {
            return "\\p{C}";
        }
        if (all.indexOf('\\', 1) > 0) {
            throw new GoPatternException(
                    "invalid character class range: " + all + " cannot be excluded within a class");
        }
        return "\\P" + all.substring(2);
    }

    /** RE2/J does not find the capitals of small letters by itself, and not all capitals are one. */
    private static String capitals() {
        StringBuilder capitals = new StringBuilder();
        for (int point = 'A'; point <= Character.MAX_CODE_POINT; point++) {
            boolean capital = Character.isUpperCase(point) || Character.isTitleCase(point);
            if (capital && Character.toLowerCase(point) != point && point != CAPITAL_I_WITH_DOT) {
                capitals.appendCodePoint(point);
            }
        }
        return capitals.toString();
    }

    private static Map<String, String> usualNames() {
        Map<String, String> names = new HashMap<>(LONG_NAMES);
        LONG_NAMES.values().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
            StringBuilder name = new StringBuilder();
            for (String word : script.name().split("_", -1)) {
                name.append(name.isEmpty() ? "" : "_")
                        .append(word.charAt(0))
                        .append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            names.put(name.toString().toLowerCase(Locale.ROOT).replace("_", ""), name.toString());
        }
        names.put("signwriting", "SignWriting");
        return Map.copyOf(names);
    }
}
