package dev.tidemark.policies.filter;

import com.google.re2j.Matcher;
import dev.tidemark.go.regexp.ExpandTemplate;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.go.regexp.GoPatternException;
import dev.tidemark.go.regexp.Groups;
import dev.tidemark.policies.Parsed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as Go reads it, searched for anywhere in a tag (spec flux-git-based 10.4).
 * Matching takes time linear in the tag; compiling is bounded by the limits of {@link GoPattern}.
 */
public final class TagPattern {

    private final GoPattern compiled;
    private final @Nullable OnePass onePass;
    private final String ending;

    private TagPattern(GoPattern compiled) {
        this.compiled = compiled;
        this.onePass = OnePass.of(compiled.plain()).orElse(null);
        this.ending = LiteralEnding.of(compiled.plain());
    }

    public static Parsed<TagPattern> compile(String text) {
        try {
            return Parsed.of(new TagPattern(GoPattern.compile(text)));
        } catch (GoPatternException e) {
            return Parsed.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the pattern occurs in the tag. */
    public boolean occursIn(String tag) {
        OnePass quick = onePass;
        if (quick != null && OnePass.decides(tag)) {
            return quick.match(tag).isPresent();
        }
        return tag.endsWith(ending) && compiled.matcher(tag).find();
    }

    /** The template filled from the first occurrence, or nothing when there is none. */
    public Optional<String> extract(String tag, ExpandTemplate template) {
        OnePass quick = onePass;
        Optional<Groups> groups = quick != null && OnePass.decides(tag) ? quick.match(tag) : search(tag);
        return groups.map(found -> template.expand(found, compiled.groupsByName()));
    }

    private Optional<Groups> search(String tag) {
        if (!tag.endsWith(ending)) {
            return Optional.empty();
        }
        Matcher matcher = compiled.matcher(tag);
        return matcher.find() ? Optional.of(Groups.of(matcher)) : Optional.empty();
    }

    @Override
    public String toString() {
        return compiled.toString();
    }
}
