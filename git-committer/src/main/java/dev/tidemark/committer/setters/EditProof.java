package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.ScalarStyle;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlEvent.Alias;
import dev.tidemark.go.yaml.YamlEvent.CollectionEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentEnd;
import dev.tidemark.go.yaml.YamlEvent.DocumentStart;
import dev.tidemark.go.yaml.YamlEvent.MappingStart;
import dev.tidemark.go.yaml.YamlEvent.Scalar;
import dev.tidemark.go.yaml.YamlEvent.SequenceStart;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlParser;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an edited text again, side by side with the text that it was. The bytes between the replaced ones are the same by
 * construction; what is proved here is that they still mean the same: each event, at its place, with its value, is there,
 * and only the marked scalars have other values, those that were wanted. Whatever the editor gets wrong costs the file and
 * never a key in it.
 */
final class EditProof {

    private final YamlParser before;
    private final YamlParser after;
    private final Iterator<Edit> edits;
    private @Nullable Edit next;
    private int shift;

    /** One scalar that was to become another value. */
    record Edit(int start, int end, String text, String value) {}

    private EditProof(String before, String after, List<Edit> edits) {
        this.before = new YamlParser(before, YamlDialect.KYAML);
        this.after = new YamlParser(after, YamlDialect.KYAML);
        this.edits = edits.iterator();
        advance();
    }

    /**
     * Proves that an edit is right.
     *
     * @param edits in the order of the text
     * @throws UneditableException if it is not, with the line of the first difference
     */
    static void check(String before, String after, List<Edit> edits) throws UneditableException {
        new EditProof(before, after, edits).run();
    }

    private void run() throws UneditableException {
        int line = 1;
        while (true) {
            YamlEvent was = before.next();
            YamlEvent is;
            try {
                is = after.next();
            } catch (YamlException broken) {
                throw new UneditableException(
                        line, "writing the marked values would break the file (" + broken.problem() + ")");
            }
            if (was == null || is == null) {
                if (was != is || next != null) {
                    throw different(line);
                }
                return;
            }
            line = was.start().line();
            compare(was, is, line);
        }
    }

    private void compare(YamlEvent was, YamlEvent is, int line) throws UneditableException {
        boolean same =
                switch (was) {
                    case DocumentStart start ->
                        is instanceof DocumentStart other
                                && start.explicit() == other.explicit()
                                && start.versioned() == other.versioned();
                    case MappingStart map ->
                        is instanceof MappingStart other
                                && stays(map, other)
                                && map.flow() == other.flow()
                                && Objects.equals(map.anchor(), other.anchor())
                                && Objects.equals(map.tag(), other.tag());
                    case SequenceStart list ->
                        is instanceof SequenceStart other
                                && stays(list, other)
                                && list.flow() == other.flow()
                                && Objects.equals(list.anchor(), other.anchor())
                                && Objects.equals(list.tag(), other.tag());
                    case Alias alias ->
                        is instanceof Alias other
                                && stays(alias, other)
                                && alias.name().equals(other.name());
                    case Scalar scalar -> is instanceof Scalar other && scalar(scalar, other);
                    case CollectionEnd end -> is instanceof CollectionEnd;
                    case DocumentEnd end -> is instanceof DocumentEnd;
                };
        if (!same) {
            throw different(line);
        }
    }

    private boolean scalar(Scalar was, Scalar is) {
        if (!stays(was, is) || !Objects.equals(was.anchor(), is.anchor())) {
            return false;
        }
        if (next != null && next.start() == was.start().offset()) {
            boolean wanted = is.value().equals(next.value()) && isText(is);
            shift += next.text().length() - (next.end() - next.start());
            advance();
            return wanted;
        }
        return was.style() == is.style() && was.value().equals(is.value()) && Objects.equals(was.tag(), is.tag());
    }

    /** What would be read as a number, a date or nothing is not the text that was wanted. */
    private static boolean isText(Scalar scalar) {
        return scalar.style() != ScalarStyle.PLAIN || !scalar.untyped() || !PlainScalars.needsQuotes(scalar.value());
    }

    private boolean stays(YamlEvent was, YamlEvent is) {
        return is.start().offset() == was.start().offset() + shift;
    }

    private void advance() {
        next = edits.hasNext() ? edits.next() : null;
    }

    private static UneditableException different(int line) {
        return new UneditableException(line, "writing the marked values would change something else here");
    }
}
