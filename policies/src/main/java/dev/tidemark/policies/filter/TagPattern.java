package dev.tidemark.policies.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.policies.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as Go reads it, searched for anywhere in a tag (spec flux-git-based 10.4).
 * Matching takes time linear in the tag; compiling is bounded by the limits of {@link GoSyntax}.
 */
public final class TagPattern {

    private final String text;
    private final Pattern compiled;
    private final @Nullable OnePass onePass;
    private final Map<String, List<Integer>> groupsByName;

    private TagPattern(String text, Pattern compiled, GoSyntax syntax) {
        this.text = text;
        this.compiled = compiled;
        this.onePass = OnePass.of(syntax.pattern()).orElse(null);
        this.groupsByName = syntax.groupsByName();
    }

    public static Parsed<TagPattern> compile(String text) {
        return GoSyntax.translate(text).flatMap(syntax -> compile(text, syntax));
    }

    private static Parsed<TagPattern> compile(String text, GoSyntax syntax) {
        try {
            return Parsed.of(new TagPattern(text, Pattern.compile(syntax.pattern()), syntax));
        } catch (PatternSyntaxException e) {
            return Parsed.malformed("error parsing regexp: " + e.getDescription());
        }
    }

    /** Whether the pattern occurs in the tag. */
    public boolean occursIn(String tag) {
        OnePass quick = onePass;
        if (quick != null && OnePass.decides(tag)) {
            return quick.match(tag).isPresent();
        }
        return compiled.matcher(tag).find();
    }

    /** The template filled from the first occurrence, or nothing when there is none. */
    public Optional<String> extract(String tag, ExtractTemplate template) {
        OnePass quick = onePass;
        Optional<Groups> groups = quick != null && OnePass.decides(tag) ? quick.match(tag) : search(tag);
        return groups.map(found -> template.expand(found, groupsByName));
    }

    private Optional<Groups> search(String tag) {
        Matcher matcher = compiled.matcher(tag);
        return matcher.find() ? Optional.of(new Found(matcher)) : Optional.empty();
    }

    private record Found(Matcher matcher) implements Groups {
        @Override
        public int count() {
            return matcher.groupCount();
        }

        @Override
        public @Nullable String group(int number) {
            return matcher.group(number);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
