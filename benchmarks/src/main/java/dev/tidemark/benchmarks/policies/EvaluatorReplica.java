package dev.tidemark.benchmarks.policies;

import dev.tidemark.evaluator.streams.EvaluatorStreams;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import java.time.Clock;
import java.time.Duration;

/** One replica of the evaluator as a process of its own: {@code EvaluatorReplica <bootstrap servers> <partitions>}. */
public final class EvaluatorReplica {

    private EvaluatorReplica() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        Quiet.please();
        var clients = LogClients.at(args[0], new LogSettings(Integer.parseInt(args[1]), (short) 1, Duration.ofDays(1)));
        var streams = new EvaluatorStreams(
                ShippedSettings.read(), clients, new ThreadScheduler(Clock.systemUTC()), "load", LogListener.NOBODY);
        streams.start();
        Thread.currentThread().join();
    }
}
