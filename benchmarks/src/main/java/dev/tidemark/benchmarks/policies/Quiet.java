package dev.tidemark.benchmarks.policies;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Without Quarkus everything is logged, down to each request, and that would be what is measured. */
final class Quiet {

    /** Held, since a level that nobody holds the logger of is forgotten. */
    private static final Logger ROOT = Logger.getLogger("");

    private Quiet() {}

    static void please() {
        ROOT.setLevel(Level.WARNING);
    }
}
