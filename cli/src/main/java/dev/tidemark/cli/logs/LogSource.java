package dev.tidemark.cli.logs;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** A place where lines of a log come from, each with its time before it: a pod or a service. */
public interface LogSource {

    /** What is printed before its lines; no two have the same. */
    String name();

    /**
     * Opens them. Whoever does closes them.
     *
     * @param tail how many, the newest; negative for all that are kept
     * @throws RuntimeException with words for people where they cannot be read
     */
    InputStream open(int tail, Optional<Instant> since, boolean follow) throws InterruptedException;
}
