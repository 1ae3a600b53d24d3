package dev.tidemark.policies.filter;

import dev.tidemark.events.TagFilter;
import dev.tidemark.go.regexp.ExpandTemplate;
import dev.tidemark.policies.Parsed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled {@link TagFilter}: from a tag to the value that the policy looks at. */
public final class CompiledFilter {

    private final @Nullable TagPattern pattern;
    private final @Nullable ExpandTemplate template;

    private CompiledFilter(@Nullable TagPattern pattern, @Nullable ExpandTemplate template) {
        this.pattern = pattern;
        this.template = template;
    }

    /** Malformed with Flux's message (spec flux-git-based 20). */
    public static Parsed<CompiledFilter> compile(TagFilter spec) {
        ExpandTemplate template = spec.extract().isEmpty() ? null : ExpandTemplate.parse(spec.extract());
        if (spec.pattern().isEmpty() && template == null) {
            return Parsed.of(new CompiledFilter(null, null));
        }
        return switch (TagPattern.compile(spec.pattern())) {
            case Parsed.Value<TagPattern>(TagPattern pattern) -> Parsed.of(new CompiledFilter(pattern, template));
            case Parsed.Malformed<TagPattern>(String why) ->
                Parsed.malformed("invalid regular expression pattern '%s': %s".formatted(spec.pattern(), why));
        };
    }

    /** The value of the tag, or nothing when the tag is filtered out. */
    public Optional<String> apply(String tag) {
        if (pattern == null) {
            return Optional.of(tag);
        }
        if (template == null) {
            return pattern.occursIn(tag) ? Optional.of(tag) : Optional.empty();
        }
        return pattern.extract(tag, template);
    }
}
