package dev.tidemark.policies.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.policies.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression as Go reads it, searched for anywhere in a tag (spec flux-git-based 10.4).
 * Matching takes time linear in the tag; compiling is bounded by the limits of {@link GoSyntax}.
 */
public final class TagPattern {

    private final String text;
    private final Pattern compiled;
    private final Map<String, List<Integer>> groupsByName;

    private TagPattern(String text, Pattern compiled, Map<String, List<Integer>> groupsByName) {
        this.text = text;
        this.compiled = compiled;
        this.groupsByName = groupsByName;
    }

    public static Parsed<TagPattern> compile(String text) {
        return GoSyntax.translate(text).flatMap(syntax -> compile(text, syntax));
    }

    private static Parsed<TagPattern> compile(String text, GoSyntax syntax) {
        try {
            return Parsed.of(new TagPattern(text, Pattern.compile(syntax.pattern()), syntax.groupsByName()));
        } catch (PatternSyntaxException e) {
            return Parsed.malformed("error parsing regexp: " + e.getDescription());
        }
    }

    /** Whether the pattern occurs in the tag. */
    public boolean occursIn(String tag) {
        return compiled.matcher(tag).find();
    }

    /** The template filled from the first occurrence, or nothing when there is none. */
    public Optional<String> extract(String tag, ExtractTemplate template) {
        Matcher matcher = compiled.matcher(tag);
        return matcher.find() ? Optional.of(template.expand(matcher, groupsByName)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
