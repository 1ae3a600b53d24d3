package dev.tidemark.cli.command;

import dev.tidemark.flux.folder.FolderSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Manifests as the source of the services reads them, which leaves in the state folder what is in force. */
record Declared(Path manifests, Path state) {

    /** So long ago that ages are told in years. */
    private static final Instant THEN = Instant.parse("1990-01-01T03:04:05Z");

    /** Reads them once, as services do that are started and ended. */
    void read() {
        open(Clock.fixed(THEN, ZoneOffset.UTC), watch -> {}).close();
    }

    /** Reads them once, so much later that what is missing is missing for good. */
    void readLater() {
        open(new Hurried(), watch -> {}).close();
    }

    /** The same, and goes on as services do that run. */
    FolderSource watch() {
        return open(new Hurried(), watch -> Thread.ofVirtual().start(watch));
    }

    private FolderSource open(Clock clock, Executor loop) {
        return FolderSource.open(new FolderSource.Settings(List.of(manifests), state, false, ""), clock, loop);
    }

    /** Whoever asks twice finds that a minute has passed. */
    private static final class Hurried extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(THEN);

        @Override
        public Instant instant() {
            return now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
