package dev.tidemark.policies.filter;

import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Utf8Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code spec.exclusionList} of an ImageRepository: tags in which any pattern occurs do not exist. */
public final class ExclusionList {

    /** In force when the list is missing or empty: signatures are no releases. */
    public static final List<String> DEFAULT = List.of("^.*\\.sig$");

    private final List<TagPattern> patterns;

    private ExclusionList(List<TagPattern> patterns) {
        this.patterns = patterns;
    }

    /** Malformed with Flux's message for the first bad entry (spec flux-git-based 20). */
    public static Parsed<ExclusionList> compile(@Nullable List<String> entries) {
        List<TagPattern> patterns = new ArrayList<>();
        for (String entry : entries == null || entries.isEmpty() ? DEFAULT : entries) {
            switch (TagPattern.compile(entry)) {
                case Parsed.Value<TagPattern>(TagPattern pattern) -> patterns.add(pattern);
                case Parsed.Malformed<TagPattern>(String why) -> {
                    return Parsed.malformed("failed to compile regex %s: %s".formatted(entry, why));
                }
            }
        }
        return Parsed.of(new ExclusionList(List.copyOf(patterns)));
    }

    /** The patterns in force. */
    public List<String> effective() {
        return patterns.stream().map(TagPattern::toString).toList();
    }

    public boolean excludes(String tag) {
        for (TagPattern pattern : patterns) {
            if (pattern.occursIn(tag)) {
                return true;
            }
        }
        return false;
    }

    /** The tags that stay, in the order in which a scan stores them: bytes, descending. */
    public List<String> retain(Collection<String> listed) {
        return listed.stream()
                .filter(tag -> !excludes(tag))
                .sorted(Utf8Order.DESCENDING)
                .toList();
    }
}
