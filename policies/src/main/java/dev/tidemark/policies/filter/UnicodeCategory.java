package dev.tidemark.policies.filter;

import java.util.Locale;
import java.util.Map;

/**
 * Go takes long names of Unicode categories, in any case and with blanks, hyphens and underscores
 * ignored; RE2/J only the short ones.
 */
final class UnicodeCategory {

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("other", "C"),
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

    private UnicodeCategory() {}

    /** The whole escape; unknown names stay as they are, for RE2/J to refuse. */
    static String shorten(String name, boolean negatedEscape, boolean inClass) {
        boolean caret = name.startsWith("^");
        boolean negated = negatedEscape != caret;
        String plain =
                (caret ? name.substring(1) : name).toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
        if (plain.equals("ascii")) {
            String range = negated ? "\\x{80}-\\x{10FFFF}" : "\\x00-\\x7F";
            return inClass ? range : '[' + range + ']';
        }
        String known = SHORT.get(plain);
        return known == null
                ? (negatedEscape ? "\\P{" : "\\p{") + name + '}'
                : (negated ? "\\P{" : "\\p{") + known + '}';
    }
}
