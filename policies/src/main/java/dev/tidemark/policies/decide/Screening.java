package dev.tidemark.policies.decide;

import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.select.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which candidates may be selected now; keeps the ones that a gate turned away. */
final class Screening implements Predicate<Candidate> {

    private record TurnedAway(Candidate candidate, HeldBack why) {
        Remark remark() {
            return new Remark(candidate.tag(), new Why.Held(why));
        }
    }

    private final DecisionInput input;
    private final Gates gates;
    private final List<TurnedAway> turnedAway = new ArrayList<>();

    Screening(DecisionInput input, Gates gates) {
        this.input = input;
        this.gates = gates;
    }

    @Override
    public boolean test(Candidate candidate) {
        if (gates.candidate(input.propose(candidate)) instanceof HeldBack why) {
            turnedAway.add(new TurnedAway(candidate, why));
            return false;
        }
        return true;
    }

    /** Those that would be chosen over the selection, best first. */
    List<Remark> above(Optional<Candidate> selected) {
        return turnedAway.stream()
                .filter(one -> selected.isEmpty() || compare(one.candidate(), selected.get()) > 0)
                .sorted((a, b) -> compare(b.candidate(), a.candidate()))
                .map(TurnedAway::remark)
                .distinct()
                .toList();
    }

    private int compare(Candidate first, Candidate second) {
        return input.policy().compare(first, second).orElse(0);
    }
}
