package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlEvent.Scalar;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a new value in the place and style of an old scalar (flux-git-based 17.3); every other byte stays. */
final class ScalarWriter {

    private static final Pattern PROPERTY = Pattern.compile("([&!][^\\s]*)(\\s+)");

    /** An explicit type that a text does not have; keeping it would make a scalar that no reader accepts. */
    private static final Pattern OTHER_TYPE =
            Pattern.compile("!!(int|float|bool|null)|!<tag:yaml\\.org,2002:(int|float|bool|null)>");

    private static final Pattern BLOCK_INDICATORS = Pattern.compile("^([|>])[-+0-9]*");

    private static final Pattern INDICATED = Pattern.compile("^[|>][-+]?([1-9])");

    /** How much deeper than its collection upstream writes a block that has no text to go by. */
    private static final int STEP = 2;

    private ScalarWriter() {}

    static EditProof.Edit replace(String file, ScannedScalar scanned, String value) {
        Scalar scalar = scanned.scalar();
        int start = scanned.start();
        String properties = properties(file.substring(start, scalar.content()));
        return switch (scalar.style()) {
            case DOUBLE_QUOTED ->
                new EditProof.Edit(start, scalar.end(), properties + PlainScalars.quoted(value), value);
            case SINGLE_QUOTED ->
                new EditProof.Edit(start, scalar.end(), properties + "'" + value.replace("'", "''") + "'", value);
            case LITERAL, FOLDED -> block(file, scanned, properties, value);
            case PLAIN ->
                new EditProof.Edit(
                        start,
                        scalar.end(),
                        properties + (PlainScalars.needsQuotes(value) ? PlainScalars.quoted(value) : value),
                        value);
        };
    }

    private static String properties(String written) {
        StringBuilder kept = new StringBuilder();
        Matcher property = PROPERTY.matcher(written);
        while (property.find()) {
            if (!OTHER_TYPE.matcher(property.group(1)).matches()) {
                kept.append(property.group());
            }
        }
        return kept.toString();
    }

    /** The header keeps its comment; the body becomes one line, without a line break at its end. */
    private static EditProof.Edit block(String file, ScannedScalar scanned, String properties, String value) {
        Scalar scalar = scanned.scalar();
        YamlEvent.Block block = Objects.requireNonNull(scalar.block(), "a block scalar has its parts");
        String written = file.substring(scalar.content(), block.headerEnd());
        String header = BLOCK_INDICATORS.matcher(written).replaceFirst("$1-");
        String lineBreak =
                block.bodyStart() == block.headerEnd() ? "\n" : file.substring(block.headerEnd(), block.bodyStart());
        int indent = indent(file, scanned, block);
        int end = bodyEnd(file, block, scalar.end(), indent);
        return new EditProof.Edit(
                scanned.start(), end, properties + header + lineBreak + " ".repeat(indent) + value, value);
    }

    /** As deep as the text is; where there is none, two deeper than the collection around it. */
    private static int indent(String file, ScannedScalar scanned, YamlEvent.Block block) {
        for (int at = block.bodyStart(); at < scanned.scalar().end(); at = Comments.nextLine(file, at)) {
            int end = Comments.lineEnd(file, at);
            if (!file.substring(at, end).isBlank()) {
                int deep = blanks(file, at, end);
                Matcher indicated =
                        INDICATED.matcher(file.substring(scanned.scalar().content(), block.headerEnd()));
                return indicated.find() ? scanned.indent() + Integer.parseInt(indicated.group(1)) : deep;
            }
        }
        return scanned.indent() + STEP;
    }

    /** Behind the last line that would be part of a text of that depth; empty lines behind it stay. */
    private static int bodyEnd(String file, YamlEvent.Block block, int scalarEnd, int indent) {
        int bodyEnd = block.headerEnd();
        for (int at = block.bodyStart(); at < scalarEnd; at = Comments.nextLine(file, at)) {
            int end = Comments.lineEnd(file, at);
            if (end - at > indent || blanks(file, at, end) < end - at) {
                bodyEnd = end;
            }
        }
        return bodyEnd;
    }

    private static int blanks(String file, int from, int to) {
        int at = from;
        while (at < to && file.charAt(at) == ' ') {
            at++;
        }
        return at - from;
    }
}
