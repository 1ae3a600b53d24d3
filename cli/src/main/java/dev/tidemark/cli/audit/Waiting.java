package dev.tidemark.cli.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a command: they are told how far it is when what it reads or writes takes more than a second, and then
 * now and then.
 */
public final class Waiting {

    /** Whoever waits longer wants to know for what. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** It is seen that it goes on, and a terminal is not filled. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Consumer<String> told;
    private @Nullable Instant next;

    /** @param told a line for people */
    public Waiting(InstantSource clock, Consumer<String> told) {
        this.clock = clock;
        this.told = told;
    }

    /** So much was written. */
    Part exporting() {
        return new Part("exporting", "byte");
    }

    /** So many of its records were read. */
    Part reading(String name) {
        return new Part("reading " + name, "record");
    }

    /** A part of the work, counted by its own thread. */
    final class Part {

        private final String what;
        private final String unit;
        private long of;
        private long done;

        private Part(String what, String unit) {
            this.what = what;
            this.unit = unit;
        }

        /** @param all how many there are */
        void of(long all) {
            of = all;
        }

        /** @param more than the last time */
        void add(long more) {
            done += more;
            Instant now = clock.instant();
            if (next == null) {
                // how long the beginning took says nothing of how much there is
                next = now.plus(PATIENCE);
            } else if (!now.isBefore(next)) {
                next = now.plus(PAUSE);
                told.accept(what + ": " + far());
            }
        }

        private String far() {
            String so = Counts.of(done, unit);
            return of == 0 ? so : so + " so far, of " + Counts.text(of) + ", some of which are read twice";
        }
    }
}
