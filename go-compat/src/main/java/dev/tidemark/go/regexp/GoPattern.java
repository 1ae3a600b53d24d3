package dev.tidemark.go.regexp;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;

/**
 * A pattern as Go's {@code regexp} reads it, compiled by RE2/J: in linear time as there, but rewritten first where the two
 * differ (see {@link PatternReader}). Matching is RE2/J's.
 */
public final class GoPattern {

    /** Patterns are written by people; a longer one is a mistake or an attack. */
    public static final int MAX_LENGTH = PatternReader.MAX_LENGTH;

    private final String text;
    private final Pattern compiled;
    private final PatternReader.Result read;

    private GoPattern(String text, Pattern compiled, PatternReader.Result read) {
        this.text = text;
        this.compiled = compiled;
        this.read = read;
    }

    /** @throws GoPatternException for what Go refuses, and for what would be too large to compile */
    public static GoPattern compile(String text) {
        PatternReader.Result read = PatternReader.read(text);
        try {
            return new GoPattern(text, Pattern.compile(read.pattern()), read);
        } catch (PatternSyntaxException e) {
            throw new GoPatternException(e.getDescription());
        }
    }

    /** Whether some part of the text matches, as Go's {@code MatchString} says it. */
    public boolean isIn(CharSequence text) {
        return matcher(text).find();
    }

    public Matcher matcher(CharSequence input) {
        return compiled.matcher(input);
    }

    /** About how many states a match may be in. */
    public long weight() {
        return read.weight();
    }

    /** Numbers of the groups with a name, in order of appearance: Go allows a name twice. */
    public Map<String, List<Integer>> groupsByName() {
        return read.groupsByName();
    }

    /** As RE2/J was given it: names are gone, and what may be misread is escaped. */
    public String plain() {
        return read.pattern();
    }

    @Override
    public String toString() {
        return text;
    }
}
