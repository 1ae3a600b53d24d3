package dev.tidemark.flux.view;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a source of objects says of itself.
 *
 * @param problems with what is declared
 * @param kept what stays in force although nothing declares it
 * @param confirmation the deletions that wait for somebody
 */
public record SourceState(List<Problem> problems, List<Kept> kept, Optional<Confirmation> confirmation) {

    /** Where nothing has run yet. */
    public static final SourceState NONE = new SourceState(List.of(), List.of(), Optional.empty());

    /**
     * An object that stays in force although nothing declares it.
     *
     * @param where it was declared, file and line
     * @param reason one word
     * @param message why, for people
     */
    public record Kept(ResourceId object, String where, String reason, String message, Instant since) {}

    /**
     * Deletions that take effect when somebody repeats the code.
     *
     * @param objects that are in force and not declared any more
     * @param unaccounted those that exist somewhere, and of which nobody knows that they were ever declared
     */
    public record Confirmation(String code, List<ResourceId> objects, List<ResourceId> unaccounted) {}

    public List<Problem> problems(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    /** What stays in force for another reason than that somebody has to confirm its deletion. */
    public List<Kept> unreadable() {
        List<ResourceId> waiting = confirmation.map(Confirmation::objects).orElse(List.of());
        return kept.stream().filter(one -> !waiting.contains(one.object())).toList();
    }
}
