package dev.tidemark.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches for what a push causes: the commit in the Git repository and the tag in the rendered file. Looks every
 * millisecond, from before the push, so that the times are those of the effects and not of the looking.
 */
public final class Effects {

    private static final Duration POLL = Duration.ofMillis(1);

    private static final Pattern TAG = Pattern.compile("^\\s*APP_IMAGE_TAG:\\s*[\"']?([^\"'\\s]+)", Pattern.MULTILINE);

    private final FutureTask<Optional<Landed<Fleet.Commit>>> commit;
    private final FutureTask<Optional<Landed<Rendered>>> rendered;

    /** @param atNanos on the scale of {@link System#nanoTime} */
    public record Landed<T>(T what, long atNanos) {

        /** Whole milliseconds since a moment on the same scale; not negative, as the effect may be seen before the push returns. */
        public long millisSince(long nanos) {
            return Math.max(0, Duration.ofNanos(atNanos - nanos).toMillis());
        }
    }

    /** @param tag the value of {@code APP_IMAGE_TAG} in the Kustomization */
    public record Rendered(String tag, Path file) {}

    private Effects(Fleet fleet, Path kustomization, String version, Duration limit) {
        String before = fleet.tip(Scenario.PUSH_BRANCH).orElse("");
        long deadline = System.nanoTime() + limit.toNanos();
        commit = new FutureTask<>(() -> untilCommitted(fleet, before, Scenario.IMAGE + ':' + version, deadline));
        // what shows it already is no effect of this push
        boolean shown = renderedTag(kustomization).equals(Optional.of(version));
        rendered = new FutureTask<>(() -> shown ? Optional.empty() : untilRendered(kustomization, version, deadline));
    }

    /** Begins to watch for a version. */
    public static Effects watch(Fleet fleet, Path kustomization, String version, Duration limit) {
        Effects effects = new Effects(fleet, kustomization, version, limit);
        Thread.ofPlatform().daemon().name("watch-git").start(effects.commit);
        Thread.ofPlatform().daemon().name("watch-file").start(effects.rendered);
        return effects;
    }

    /** Waits for the commit; empty when the limit is over. */
    public Optional<Landed<Fleet.Commit>> commit() throws IOException, InterruptedException {
        return get(commit);
    }

    /** Waits for the rendered tag; empty when the limit is over. */
    public Optional<Landed<Rendered>> rendered() throws IOException, InterruptedException {
        return get(rendered);
    }

    /** The tag that the rendered file shows now, empty while there is none. */
    public static Optional<String> renderedTag(Path kustomization) {
        try {
            Matcher tag = TAG.matcher(Files.readString(kustomization));
            return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Landed<Fleet.Commit>> untilCommitted(
            Fleet fleet, String before, String image, long deadline) throws IOException {
        String seen = before;
        while (System.nanoTime() < deadline) {
            String tip = fleet.tip(Scenario.PUSH_BRANCH).orElse("");
            if (!tip.equals(seen)) {
                long now = System.nanoTime();
                seen = tip;
                Fleet.Commit commit = fleet.read(Scenario.PUSH_BRANCH, tip);
                if (commit.image().equals(image)) {
                    return Optional.of(new Landed<>(commit, now));
                }
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Optional.empty();
    }

    private static Optional<Landed<Rendered>> untilRendered(Path file, String version, long deadline) {
        while (System.nanoTime() < deadline) {
            Optional<String> tag = renderedTag(file);
            if (tag.isPresent() && tag.get().equals(version)) {
                return Optional.of(new Landed<>(new Rendered(version, file), System.nanoTime()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Optional.empty();
    }

    private static <T extends @Nullable Object> T get(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("the effect could not be watched: " + e.getCause(), e);
        }
    }
}
