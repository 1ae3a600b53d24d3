package dev.tidemark.benchmarks.bench.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole run.
 *
 * @param environment machine, build, settings and time, by name
 */
public record Findings(Map<String, String> environment, List<Outcome> outcomes) {

    public Findings {
        environment = Map.copyOf(environment);
        outcomes = List.copyOf(outcomes);
    }

    /** The outcome of a case. */
    public Optional<Outcome> of(String name) {
        return outcomes.stream().filter(outcome -> outcome.name().equals(name)).findFirst();
    }
}
