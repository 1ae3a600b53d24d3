package dev.tidemark.systemtests;

import java.time.Duration;
import java.util.List;

/** One thing that happens to Tidemark, or around it, in a run of the fault harness. */
sealed interface FaultEvent {

    /**
     * Somebody pushes images.
     *
     * @param told whether the registry tells Tidemark, as often as it takes to be answered
     */
    record Push(String repository, List<String> tags, boolean told) implements FaultEvent {}

    /** The app's policies allow one major version more from now on. */
    record Widen(String app) implements FaultEvent {}

    /**
     * The app's policies follow another repository from now on.
     *
     * @param repositories one edit for each, as quickly as they can be made
     */
    record Move(String app, List<String> repositories) implements FaultEvent {}

    /** Without a goodbye: {@code kill -9}. */
    record Kill(Place place) implements FaultEvent {}

    /** In order, as a rolling restart or an eviction does it. */
    record Stop(Place place) implements FaultEvent {}

    /** @param clock how far the new process's clock is ahead of everybody else's */
    record Start(Place place, Duration clock) implements FaultEvent {}

    record Pause(Place place) implements FaultEvent {}

    record Resume(Place place) implements FaultEvent {}

    /** One replica after the other is stopped and started, each when the one before is ready. */
    record Roll(Service service) implements FaultEvent {}

    record EndBroker(boolean orderly) implements FaultEvent {}

    record StartBroker() implements FaultEvent {}

    record Outage(Remote remote, Manner manner) implements FaultEvent {}

    record Recovery(Remote remote) implements FaultEvent {}

    /** What Tidemark reads from and writes to. */
    enum Remote {
        REGISTRY,
        GIT
    }

    /** What a remote does in place of its work. */
    enum Manner {
        /** Answers 503. */
        REFUSES,
        /** Ends each connection. */
        HANGS_UP,
        /** Takes pushes and does not say so. */
        LOSES_ANSWERS,
        /** Lists only the older half of the tags. */
        LISTS_HALF
    }
}
