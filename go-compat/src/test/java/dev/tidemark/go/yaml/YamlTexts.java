package dev.tidemark.go.yaml;

import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes texts by YAML's productions, most of them valid, with what readers differ about put in everywhere: tabs as
 * white space, blank lines of several lengths, line ends of all kinds, comments, indicators within text, characters
 * beyond 16 bits. One text belongs to one seed for ever: recorded verdicts depend on it.
 */
final class YamlTexts {

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final String lineBreak;
    private final boolean wild;
    private int anchors;

    private YamlTexts(long seed) {
        random = new Random(seed);
        lineBreak = YamlTextParts.BREAKS[random.nextInt(YamlTextParts.BREAKS.length)];
        wild = random.nextInt(3) == 0;
    }

    static String text(long seed) {
        return new YamlTexts(seed).text();
    }

    private String text() {
        if (chance(40)) {
            out.append("\uFEFF");
        }
        int documents = 1 + (chance(5) ? random.nextInt(3) : 0);
        for (int i = 0; i < documents; i++) {
            document(i > 0);
        }
        if (chance(8)) {
            trim();
        }
        if (chance(3)) {
            mutate();
        }
        if (chance(25)) {
            pad();
        }
        return out.toString();
    }

    private void document(boolean later) {
        if (chance(12)) {
            directives();
        } else if (later || chance(6)) {
            out.append("---");
            if (chance(6)) {
                out.append(blanks());
                scalar(0);
                end();
                return;
            }
            end();
        } else if (chance(12)) {
            comment(0);
        }
        block(0, 0);
        if (chance(10)) {
            out.append("...");
            end();
        }
    }

    private void directives() {
        out.append(pick(
                "%YAML 1.1",
                "%YAML 1.2", "%TAG ! !x", "%TAG !e! tag:e.com,2000:", "%TAG !! !y", "%FOO x", "%YAML 1", "%"));
        end();
        if (chance(3)) {
            out.append("%TAG !e! !z-").append(lineBreak);
        }
        out.append("---");
        end();
    }

    /** A value that begins on a line of its own. */
    private void block(int indent, int depth) {
        if (depth > 4) {
            indent(indent);
            scalar(indent);
            end();
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> mapping(indent, depth);
            case 4, 5 -> sequence(indent, depth);
            case 6 -> {
                indent(indent);
                scalar(indent);
                end();
            }
            default -> {
                indent(indent);
                flow(depth);
                end();
            }
        }
    }

    private void mapping(int indent, int depth) {
        int entries = 1 + random.nextInt(3);
        for (int i = 0; i < entries; i++) {
            between(indent);
            indent(indent);
            if (chance(15)) {
                out.append("?").append(blanks());
                value(indent, depth);
                if (chance(4)) {
                    continue;
                }
                indent(indent);
                out.append(":");
            } else {
                key(i);
                out.append(wild && chance(6) ? blanks() : "").append(":");
            }
            value(indent, depth);
        }
    }

    private void key(int i) {
        if (chance(12)) {
            out.append("<<");
        } else if (chance(20)) {
            out.append("*a").append(random.nextInt(2)).append(" ");
        } else if (chance(8)) {
            quoted(0, false);
        } else if (chance(30)) {
            flow(4);
        } else if (wild || chance(10)) {
            properties();
            out.append(word());
        } else {
            out.append("k").append(i);
        }
    }

    /** Behind a colon, a question mark or a dash. */
    private void value(int indent, int depth) {
        int deeper = indent + 1 + random.nextInt(4);
        switch (random.nextInt(12)) {
            case 0 -> end();
            case 1, 2, 3, 4 -> {
                out.append(blanks());
                properties();
                scalar(indent);
                end();
            }
            case 5 -> {
                out.append(blanks());
                properties();
                blockScalar(indent);
            }
            case 6 -> {
                out.append(blanks());
                properties();
                flow(depth);
                end();
            }
            case 7 -> {
                out.append(blanks()).append("*a").append(random.nextInt(3));
                end();
            }
            case 8 -> {
                end();
                sequence(chance(2) ? indent : deeper, depth + 1);
            }
            default -> {
                out.append(chance(6) ? " &a" + anchors++ : "");
                end();
                block(chance(15) ? indent : deeper, depth + 1);
            }
        }
    }

    private void sequence(int indent, int depth) {
        int entries = 1 + random.nextInt(3);
        for (int i = 0; i < entries; i++) {
            between(indent);
            indent(indent);
            out.append("-");
            if (depth < 4 && chance(4)) {
                out.append(" k: ").append(word());
                end();
                if (chance(2)) {
                    indent(indent + 2);
                    out.append("l:");
                    value(indent + 2, depth + 1);
                }
            } else {
                value(indent, depth + 1);
            }
        }
    }

    private void flow(int depth) {
        boolean map = chance(2);
        out.append(map ? "{" : "[");
        int entries = random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            flowSpace();
            if (map || chance(8)) {
                out.append(chance(15) ? "? " : "");
                key(i);
                out.append(chance(12) ? "" : ":").append(chance(12) ? "" : " ");
            }
            flowSpace();
            if (depth < 3 && chance(4)) {
                flow(depth + 1);
            } else if (!chance(12)) {
                properties();
                scalar(2);
            }
            flowSpace();
            if (i + 1 < entries || chance(8)) {
                out.append(",");
            }
        }
        flowSpace();
        out.append(chance(60) ? "" : map ? "}" : "]");
    }

    private void flowSpace() {
        if (chance(3)) {
            out.append(blanks());
        }
        if (chance(12)) {
            end();
            out.append(" ".repeat(random.nextInt(4)));
        }
    }

    private void properties() {
        if (chance(14)) {
            out.append("&a").append(anchors++).append(blanks());
        }
        if (chance(wild ? 8 : 25)) {
            out.append(pick(YamlTextParts.TAGS)).append(blanks());
        }
    }

    private void scalar(int indent) {
        switch (random.nextInt(6)) {
            case 0 -> quoted(indent, true);
            case 1 -> {
                out.append(pick("a", "text", "b")).append(" ").append(word());
                if (chance(3)) {
                    out.append(" ".repeat(random.nextInt(3))).append(lineBreak);
                    blankLines(indent);
                    indent(indent + 1 + random.nextInt(3));
                    out.append(word()).append(chance(3) ? blanks() + word() : "");
                }
            }
            default -> out.append(wild ? word() : pick("x", "v1", "1.0.0", "registry/app:1.2", word()));
        }
    }

    private void quoted(int indent, boolean lines) {
        boolean single = chance(2);
        String quote = single ? "'" : "\"";
        out.append(quote);
        int parts = random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            out.append(pick(YamlTextParts.QUOTABLE));
            if (chance(4)) {
                out.append(single ? pick("''", "\\", "\"") : pick(YamlTextParts.ESCAPES));
            }
            if (lines && chance(6)) {
                out.append(single || chance(2) ? "" : "\\").append(lineBreak);
                blankLines(indent);
                indent(chance(5) ? 0 : indent + random.nextInt(4));
                out.append(chance(8) ? "\t" : "");
            }
        }
        out.append(chance(80) ? "" : quote);
    }

    private void blockScalar(int indent) {
        out.append(chance(2) ? "|" : ">");
        int indicator = chance(4) ? random.nextInt(4) : -1;
        String chomp = pick("", "", "-", "+");
        out.append(chance(2) ? chomp + (indicator < 0 ? "" : indicator) : (indicator < 0 ? "" : indicator) + chomp);
        out.append(chance(8) ? blanks() + "# c" : chance(20) ? " x" : chance(10) ? "\t" : "");
        out.append(lineBreak);
        int body = indicator > 0 ? indent + indicator : indent + 1 + random.nextInt(4);
        int lines = random.nextInt(5);
        for (int i = 0; i < lines; i++) {
            blankLines(indent + random.nextInt(5));
            indent(body + (chance(5) ? random.nextInt(3) : 0));
            out.append(chance(10) ? "\t" : "")
                    .append(pick("text", "a: b", "# no comment", "- x", "two words", "😀", "", "x\t"));
            out.append(i + 1 == lines && chance(6) ? "" : lineBreak);
        }
        blankLines(indent);
    }

    private void blankLines(int indent) {
        while (chance(4)) {
            out.append(chance(3) ? " ".repeat(random.nextInt(indent + 5)) : "")
                    .append(chance(9) ? "\t" : "")
                    .append(lineBreak);
        }
    }

    /** Between two entries. */
    private void between(int indent) {
        if (chance(10)) {
            comment(chance(2) ? indent : random.nextInt(8));
        }
        if (chance(14)) {
            out.append(chance(2) ? "" : blanks()).append(lineBreak);
        }
    }

    private void comment(int indent) {
        out.append(chance(8) ? "\t" : "").append(" ".repeat(indent)).append(pick("# c", "#", "# a: b", "#\tx", "# 😀"));
        out.append(lineBreak);
    }

    /** The end of a line, with a comment or blanks before it. */
    private void end() {
        if (chance(6)) {
            out.append(chance(20) ? "" : blanks()).append(pick("# c", "#", "# - x: y"));
        } else if (chance(10)) {
            out.append(blanks());
        }
        out.append(lineBreak);
    }

    private void indent(int width) {
        if (chance(wild ? 25 : 90)) {
            out.append(pick("\t", " ", "\t ", "  \t"));
        } else {
            out.append(" ".repeat(width));
        }
    }

    private String blanks() {
        return chance(wild ? 4 : 9) ? pick("\t", " \t", "\t ", "\t\t", "   ") : " ";
    }

    private String word() {
        return pick(YamlTextParts.WORDS);
    }

    private void trim() {
        while (!out.isEmpty() && Character.isWhitespace(out.charAt(out.length() - 1))) {
            out.setLength(out.length() - 1);
        }
    }

    private void mutate() {
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && !out.isEmpty(); i++) {
            int at = random.nextInt(out.length());
            Supplier<String> mutant = () -> pick(YamlTextParts.MUTANTS);
            switch (random.nextInt(3)) {
                case 0 -> out.insert(at, mutant.get());
                case 1 -> out.deleteCharAt(at);
                default -> out.replace(at, at + 1, mutant.get());
            }
        }
    }

    /** Brings what stands at the end over the edge of a reader's buffer. */
    private void pad() {
        String padding = "# " + "x".repeat(1000 + random.nextInt(60)) + "😀\n";
        out.insert(!out.isEmpty() && out.charAt(0) == '\uFEFF' ? 1 : 0, padding);
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
