package dev.tidemark.runtime.simulation;

import dev.tidemark.runtime.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Time that is stepped, and threads of which one runs at a time: which is next, a random generator says, so a seed is an
 * interleaving and can be run again. Work gives way where it waits ({@link Scheduler#await}) and where a fake of something
 * slow calls {@link #pause}. Not for several threads at once, but for the work that it lets run.
 */
public final class World {

    public static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    /** More steps than any run that comes to rest needs: beyond it something runs in circles. */
    private static final int MAX_STEPS = 200_000;

    private final RandomGenerator random;
    private final List<Job> jobs = new ArrayList<>();
    private final List<Timed> timers = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private Instant now = BEGIN;
    private @Nullable Job current;
    private int steps;

    public World(RandomGenerator random) {
        this.random = random;
    }

    public World(long seed) {
        this(new java.util.Random(seed));
    }

    public Instant now() {
        return now;
    }

    /** How many steps there were. */
    public int steps() {
        return steps;
    }

    /** A process: what it begins is frozen, woken and killed together. */
    public Replica replica(String name) {
        return new Replica(name);
    }

    /** Lets others run: called by work, where something slow happens. */
    public void pause() {
        Job job = current;
        if (job != null) {
            job.giveWay(() -> true);
            if (job.process.killed) {
                throw new Killed();
            }
        }
    }

    /** Lets work run until all of it waits for time or for somebody else. */
    public void settle() {
        runUntil(now);
    }

    /** Lets work run while time passes. */
    public void pass(Duration time) {
        runUntil(now.plus(time));
    }

    /** One step: some work that may go on, or a timer whose time has come. False when there is none. */
    public boolean step() {
        if (++steps > MAX_STEPS) {
            throw new AssertionError("no rest after " + MAX_STEPS + " steps: " + jobs);
        }
        List<Runnable> possible = new ArrayList<>();
        for (Job job : jobs) {
            if (job.mayRun()) {
                possible.add(job::run);
            }
        }
        for (Timed timer : timers) {
            if (!timer.at.isAfter(now) && !timer.process.frozen) {
                possible.add(() -> fire(timer));
            }
        }
        if (possible.isEmpty()) {
            return false;
        }
        possible.get(random.nextInt(possible.size())).run();
        if (!faults.isEmpty()) {
            throw new AssertionError("work failed", faults.getFirst());
        }
        return true;
    }

    private void runUntil(Instant end) {
        while (true) {
            if (step()) {
                continue;
            }
            Optional<Instant> next = nextTime();
            if (next.isEmpty() || next.get().isAfter(end)) {
                now = end;
                return;
            }
            now = next.get();
        }
    }

    private Optional<Instant> nextTime() {
        List<Instant> times = new ArrayList<>();
        timers.stream().filter(t -> !t.process.frozen).forEach(t -> times.add(t.at));
        jobs.stream().filter(j -> !j.process.frozen && j.deadline != null).forEach(j -> times.add(j.deadline));
        return times.stream().filter(time -> time.isAfter(now)).min(Comparator.naturalOrder());
    }

    private void fire(Timed timer) {
        timers.remove(timer);
        timer.action.run();
    }

    /** Ends all threads; for the end of a test. */
    public void end() {
        List.copyOf(jobs).forEach(job -> job.process.kill());
    }

    /** What unwinds the work of a killed process; whatever it still tries has no effect. */
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    private record Timed(Instant at, Runnable action, Replica process) {}

    /** The scheduler of one process. */
    public final class Replica implements Scheduler {

        private final String name;
        private boolean frozen;
        private boolean killed;
        private Duration clockOffset = Duration.ZERO;

        private Replica(String name) {
            this.name = name;
        }

        /** SIGSTOP: nothing of it goes on. */
        public void freeze() {
            frozen = true;
        }

        /** SIGCONT. */
        public void thaw() {
            frozen = false;
        }

        public boolean isFrozen() {
            return frozen;
        }

        /** Its clock is wrong by this much. */
        public void setClockOffset(Duration offset) {
            clockOffset = offset;
        }

        /** kill -9: nothing of it goes on ever, nothing is finished. */
        public void kill() {
            killed = true;
            timers.removeIf(timer -> timer.process == this);
            for (Job job : List.copyOf(jobs)) {
                if (job.process == this && job != current) {
                    job.unwind();
                }
            }
        }

        public boolean isKilled() {
            return killed;
        }

        @Override
        public Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now.plus(clockOffset);
                }
            };
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            Timed timer = new Timed(now.plus(delay.isNegative() ? Duration.ZERO : delay), action, this);
            if (!killed) {
                timers.add(timer);
            }
            return () -> timers.remove(timer);
        }

        @Override
        public Work start(String work, Runnable runnable) {
            Job job = new Job(name + ' ' + work, this, runnable);
            if (!killed) {
                jobs.add(job);
            }
            return job;
        }

        @Override
        public <T> Optional<T> await(CompletableFuture<T> answer, Duration limit) throws InterruptedException {
            Job job = current;
            if (job == null) {
                return awaitFromOutside(answer, limit);
            }
            job.deadline = now.plus(limit);
            job.giveWay(() -> answer.isDone() || job.interrupted || !now.isBefore(job.deadline));
            job.deadline = null;
            if (killed) {
                throw new Killed();
            }
            if (job.interrupted) {
                job.interrupted = false;
                throw new InterruptedException();
            }
            return now(answer);
        }

        /** The test itself waits: meanwhile everybody else runs. */
        private <T> Optional<T> awaitFromOutside(CompletableFuture<T> answer, Duration limit) {
            Instant end = now.plus(limit);
            while (!answer.isDone() && now.isBefore(end)) {
                if (!step()) {
                    now = nextTime().filter(next -> next.isBefore(end)).orElse(end);
                }
            }
            return now(answer);
        }

        private static <T> Optional<T> now(CompletableFuture<T> answer) {
            if (!answer.isDone()) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(answer.get());
            } catch (ExecutionException failure) {
                throw new CompletionException(failure.getCause());
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        }
    }

    private final class Job implements Scheduler.Work {

        private final String name;
        private final Replica process;
        private final Semaphore go = new Semaphore(0);
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final Thread thread;
        private BooleanSupplier condition = () -> true;
        private @Nullable Instant deadline;
        private boolean interrupted;
        private boolean started;

        Job(String name, Replica process, Runnable work) {
            this.name = name;
            this.process = process;
            this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
                go.acquireUninterruptibly();
                try {
                    if (!process.killed) {
                        work.run();
                    }
                } catch (Killed over) {
                    // as it should be
                } catch (Throwable fault) {
                    faults.add(fault);
                } finally {
                    jobs.remove(this);
                    ended.complete(null);
                    back.release();
                }
            });
        }

        boolean mayRun() {
            return !process.frozen && condition.getAsBoolean();
        }

        void run() {
            Job before = current;
            current = this;
            if (!started) {
                started = true;
                thread.start();
            }
            go.release();
            back.acquireUninterruptibly();
            current = before;
        }

        void giveWay(BooleanSupplier until) {
            condition = until;
            back.release();
            go.acquireUninterruptibly();
            condition = () -> true;
        }

        void unwind() {
            if (started) {
                run();
            }
            jobs.remove(this);
        }

        @Override
        public void interrupt() {
            interrupted = true;
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
