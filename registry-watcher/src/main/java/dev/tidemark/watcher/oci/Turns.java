package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.budget.Permit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Waits until the budget of a host lets a request go, and says why where that takes too long. */
final class Turns {

    /** Who is to wait for longer comes back: a worker that sleeps asks for nothing else of its image. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(5);

    /** While a list waits for its place, its worker does what is urgent so often. */
    private static final Duration MEANWHILE = Duration.ofMillis(500);

    private final Scheduler scheduler;
    private final Clock clock;
    private final RegistryHttp.Pause pause;

    Turns(Scheduler scheduler, RegistryHttp.Pause pause) {
        this.scheduler = scheduler;
        this.clock = scheduler.clock();
        this.pause = pause;
    }

    /**
     * Waits for a place among all that is asked of the host.
     *
     * @param meanwhile what to do every now and then
     */
    void awaitPlace(HostRequests.Stream stream, Endpoint endpoint, Instant latest, Runnable meanwhile)
            throws RegistryException, InterruptedException {
        await(stream, endpoint, latest, meanwhile);
    }

    /** Waits for one request, by whoever has a place. */
    void awaitRequest(RegistryHttp.Session session) throws RegistryException, InterruptedException {
        await(session.requests(), session.endpoint(), session.deadline(), () -> {});
    }

    private void await(HostRequests.Stream stream, Endpoint endpoint, Instant latest, Runnable meanwhile)
            throws RegistryException, InterruptedException {
        while (permit(stream.ask(), endpoint, latest, meanwhile)
                instanceof Permit.Refused(Duration wait, boolean wholeHost)) {
            if (wait.compareTo(LONGEST_NAP) > 0 || clock.instant().plus(wait).isAfter(latest)) {
                throw new RegistryException(
                        ScanFailure.RATE_LIMITED,
                        "rate limited: " + endpoint.authority() + " has asked not to be asked"
                                + (wholeHost ? "" : " about " + endpoint.repository()) + " for a while",
                        wait);
            }
            pause.sleep(wait);
        }
    }

    private Permit permit(CompletableFuture<Permit> told, Endpoint endpoint, Instant latest, Runnable meanwhile)
            throws RegistryException, InterruptedException {
        while (true) {
            Duration left = Duration.between(clock.instant(), latest);
            Duration slice = left.compareTo(MEANWHILE) < 0 ? left : MEANWHILE;
            Optional<Permit> permit = told.isDone() ? Optional.of(told.join()) : scheduler.await(told, slice);
            if (permit.isPresent()) {
                return permit.get();
            }
            if (left.compareTo(MEANWHILE) <= 0) {
                throw new RegistryException(
                        ScanFailure.RATE_LIMITED,
                        "our own limit of requests to " + endpoint.authority()
                                + " is used up: much is asked there, or it"
                                + " has asked for fewer requests or become slow; see"
                                + " tidemark.registry-watcher.requests-per-second and requests-at-once");
            }
            meanwhile.run();
        }
    }
}
