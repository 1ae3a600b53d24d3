package dev.tidemark.policies.decide;

import dev.tidemark.policies.select.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which candidates may be selected now; keeps the ones it turned away. */
final class Admission implements Predicate<Candidate> {

    /** A candidate that was turned away, and why. */
    record Refused(Candidate candidate, Remark remark) {}

    private final DecisionInput input;
    private final Rules rules;
    private final List<Refused> refused = new ArrayList<>();

    Admission(DecisionInput input, Rules rules) {
        this.input = input;
        this.rules = rules;
    }

    @Override
    public boolean test(Candidate candidate) {
        Optional<Remark> reason = skipped(candidate).or(() -> tooYoung(candidate));
        reason.ifPresent(remark -> refused.add(new Refused(candidate, remark)));
        return reason.isEmpty();
    }

    private Optional<Remark> skipped(Candidate candidate) {
        return rules.hold().orElse(null) instanceof Hold.Skip skip
                        && skip.names(candidate.tag(), Optional.of(candidate.value()))
                ? Optional.of(Remark.of(candidate.tag(), Remark.Why.SKIPPED))
                : Optional.empty();
    }

    private Optional<Remark> tooYoung(Candidate candidate) {
        // What is published was old enough once; a later annotation does not take it back.
        if (rules.minimumAge().isEmpty()
                || input.published().filter(candidate.tag()::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Instant> until = rules.minimumAge()
                .get()
                .tooYoungUntil(input.step(candidate), input.firstSeen().apply(candidate.tag()), input.now());
        return until.map(ripe -> new Remark(candidate.tag(), Remark.Why.TOO_YOUNG, Optional.of(ripe)));
    }

    /** Those that would be chosen over the selection, best first. */
    List<Remark> above(Optional<Candidate> selected) {
        return refused.stream()
                .filter(one -> selected.isEmpty() || compare(one.candidate(), selected.get()) > 0)
                .sorted((a, b) -> compare(b.candidate(), a.candidate()))
                .map(Refused::remark)
                .distinct()
                .toList();
    }

    private int compare(Candidate first, Candidate second) {
        return input.policy().compare(first, second).orElse(0);
    }
}
