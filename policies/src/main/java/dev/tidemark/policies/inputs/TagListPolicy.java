package dev.tidemark.policies.inputs;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.go.semver.Version;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.filter.TagPattern;
import dev.tidemark.policies.semver.Ranges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@link PolicyRule.TagList}: a policy whose selection is a list of tags. Patterns first, then the
 * order (by version with a range, else by bytes, both descending), then the limit.
 */
public final class TagListPolicy {

    /** Of a filter that sets none (spec flux-gitless 1.7). */
    private static final int DEFAULT_LIMIT = 100;

    /** What one new or removed tag does to a list. */
    public sealed interface Step {
        record Unchanged() implements Step {}

        record Changed(List<String> tags) implements Step {}

        /** Versions of equal rank keep the listing's order, and a full list may have to be refilled. */
        record FullPassRequired() implements Step {}
    }

    private final @Nullable TagPattern include;
    private final @Nullable TagPattern exclude;
    private final @Nullable VersionRange range;
    private final int limit;

    private TagListPolicy(
            @Nullable TagPattern include, @Nullable TagPattern exclude, @Nullable VersionRange range, int limit) {
        this.include = include;
        this.exclude = exclude;
        this.range = range;
        this.limit = limit;
    }

    /** Malformed names the field; to Flux Operator that is a failure to retry, not a stalled object. */
    public static Parsed<TagListPolicy> compile(PolicyRule.TagList filter) {
        String semver = filter.semver() == null ? "" : filter.semver();
        int limit = filter.limit() <= 0 ? DEFAULT_LIMIT : filter.limit();
        return pattern("includeTag", filter.includeTag())
                .flatMap(include -> pattern("excludeTag", filter.excludeTag()).flatMap(exclude -> {
                    if (semver.isEmpty()) {
                        return Parsed.of(new TagListPolicy(include.orElse(null), exclude.orElse(null), null, limit));
                    }
                    return switch (Ranges.parse(semver)) {
                        case Parsed.Value<VersionRange>(VersionRange range) ->
                            Parsed.of(new TagListPolicy(include.orElse(null), exclude.orElse(null), range, limit));
                        case Parsed.Malformed<VersionRange>(String why) ->
                            Parsed.malformed("invalid semver '%s': %s".formatted(semver, why));
                    };
                }));
    }

    private static Parsed<Optional<TagPattern>> pattern(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Parsed.of(Optional.empty());
        }
        return switch (TagPattern.compile(text)) {
            case Parsed.Value<TagPattern>(TagPattern pattern) -> Parsed.of(Optional.of(pattern));
            case Parsed.Malformed<TagPattern>(String why) ->
                Parsed.malformed("invalid %s regex '%s': %s".formatted(field, text, why));
        };
    }

    /** The selected tags; those of equal rank stay in the given order, so give a fixed one. */
    public List<String> select(Iterable<String> tags) {
        Stream<String> wanted = StreamSupport.stream(tags.spliterator(), false).filter(this::passesPatterns);
        VersionRange versions = range;
        if (versions == null) {
            return wanted.sorted(Utf8Order.DESCENDING).limit(limit).toList();
        }
        return wanted.flatMap(tag -> Version.parseTag(tag).filter(versions::contains).stream())
                .sorted(Version.PRECEDENCE.reversed())
                .limit(limit)
                .map(Version::original)
                .toList();
    }

    /** What a new tag changes in a list that {@link #select} gave. */
    public Step add(List<String> selected, String tag) {
        if (!passesPatterns(tag) || !isInRange(tag) || selected.contains(tag)) {
            return new Step.Unchanged();
        }
        int position = 0;
        for (String present : selected) {
            int order = order().compare(present, tag);
            if (order == 0) {
                return new Step.FullPassRequired();
            }
            if (order > 0) {
                break;
            }
            position++;
        }
        if (position == limit) {
            return new Step.Unchanged();
        }
        List<String> changed = new ArrayList<>(selected);
        changed.add(position, tag);
        return new Step.Changed(List.copyOf(changed.subList(0, Math.min(limit, changed.size()))));
    }

    /** What a tag that is gone changes in a list that {@link #select} gave. */
    public Step remove(List<String> selected, String tag) {
        if (!selected.contains(tag)) {
            return new Step.Unchanged();
        }
        return selected.size() >= limit
                ? new Step.FullPassRequired()
                : new Step.Changed(selected.stream()
                        .filter(present -> !present.equals(tag))
                        .toList());
    }

    private boolean passesPatterns(String tag) {
        return (include == null || include.occursIn(tag)) && (exclude == null || !exclude.occursIn(tag));
    }

    private boolean isInRange(String tag) {
        return range == null || Version.parseTag(tag).filter(range::contains).isPresent();
    }

    private Comparator<String> order() {
        return range == null
                ? Utf8Order.DESCENDING
                : Comparator.comparing(
                        (String tag) -> Version.parseTag(tag).orElseThrow(), Version.PRECEDENCE.reversed());
    }
}
