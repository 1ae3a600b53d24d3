package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Something to measure. */
public interface Case {

    /** One word for the command line. */
    String name();

    /** What is measured, in a line. */
    String about();

    /** On how much: figures of another size do not compare. */
    String size();

    /** What it needs and is not here, with the remedy: then it runs only where somebody names it, and fails with this. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Measures it.
     *
     * @param rig an empty one, which the caller takes down
     * @throws IOException with a sentence that says what went wrong
     */
    List<Measure> run(Rig rig) throws IOException, InterruptedException;
}
