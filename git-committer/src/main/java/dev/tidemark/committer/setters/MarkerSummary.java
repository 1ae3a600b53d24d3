package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.Finding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The markers of one content and the values they stand at: enough to know that a run changes nothing in it, without
 * reading it again.
 *
 * @param skipped why the content cannot be edited; null if it can
 */
record MarkerSummary(List<Marked> marked, @Nullable Skip skipped) {

    /** A marker, its value in the text, and where it stands. */
    record Marked(String marker, String value, int line) {}

    /**
     * Why a content is left as it is.
     *
     * @param line where; 0 for the whole of it
     */
    record Skip(int line, String why) {
        Found found(String path) {
            return new Found(List.of(new Finding.SkippedFile(path, line, why)), 0);
        }
    }

    /** What is found in the file if nothing in it changes; empty if something does. */
    Optional<Found> unchanged(String path, SetterValues values) {
        if (skipped != null) {
            return Optional.of(skipped.found(path));
        }
        boolean same = marked.stream().allMatch(m -> {
            SetterValues.Value value = values.of(m.marker());
            return value == null || value.text().equals(m.value());
        });
        return same ? Optional.of(found(path, values)) : Optional.empty();
    }

    /** The markers that count, and why the others do not. */
    Found found(String path, SetterValues values) {
        List<Finding> ignored = marked.stream()
                .filter(m -> values.of(m.marker()) == null)
                .map(m ->
                        (Finding) new Finding.IgnoredMarker(path, m.line(), m.marker(), values.whyIgnored(m.marker())))
                .toList();
        return new Found(ignored, marked.size() - ignored.size());
    }

    /** @param markers how many markers name a policy of the run */
    record Found(List<Finding> findings, int markers) {}
}
