package dev.tidemark.flux.delivery;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.alert.AlertRule;
import dev.tidemark.flux.alert.Duplicates;
import dev.tidemark.flux.alert.FluxEvent;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Records events as before, and tells them to whoever the declared Alerts name, on threads of its own: nobody waits for it,
 * and what cannot be told changes nothing for the object.
 */
public final class AlertDelivery implements EventRecorder, Runnable, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AlertDelivery.class.getName());

    /** What is read for it, in every service. */
    public static final Set<Kind<?>> KINDS = Set.of(Kinds.ALERT, Kinds.PROVIDER);

    /** A burst while Alerts are read for the first time; what is lost beyond stands in Events and conditions. */
    private static final int WAITING = 1_000;

    private final EventRecorder events;
    private final ResourceSource source;
    private final CrossNamespaceRefs crossNamespace;
    private final Clock clock;
    private final String instance;
    private final Executor threads;
    private final ResourceCache declared = new ResourceCache(KINDS, List.of(), Runnable::run);
    private final Duplicates duplicates = new Duplicates();
    private final ProviderQueues queues;
    private final Telling telling;
    private final BlockingQueue<Recorded> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean overflows;

    private record Recorded(FluxEvent event, Map<String, String> labels) {}

    /**
     * What it works with.
     *
     * @param events where events are recorded as well, those of Alerts that cannot be served, too
     * @param source of Alerts and Providers
     */
    public record Ports(EventRecorder events, ResourceSource source, SecretReader secrets, DeliveryListener listener) {}

    /**
     * @param instance names this process, as its host is named; may be empty
     * @param threads runs a task for this, and one for each Provider that something is told by
     */
    public AlertDelivery(
            Ports ports, CrossNamespaceRefs crossNamespace, Clock clock, String instance, Executor threads) {
        this.events = ports.events();
        this.source = ports.source();
        this.crossNamespace = crossNamespace;
        this.clock = clock;
        this.instance = instance;
        this.threads = task -> threads.execute(() -> guarded(task));
        this.queues = new ProviderQueues(this.threads);
        this.telling = new Telling(ports, declared, clock, this::pause);
    }

    /** Begins to read Alerts and to tell events. */
    public void start() {
        threads.execute(this);
    }

    private void guarded(Runnable task) {
        Thread mine = Thread.currentThread();
        running.add(mine);
        try {
            if (!isClosed()) {
                task.run();
            }
        } finally {
            running.remove(mine);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the process ends");
        }
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message) {
        record(resource, type, reason, message, Map.of());
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message, Map<String, String> metadata) {
        events.record(resource, type, reason, message, metadata);
        FluxEvent event = FluxEvent.of(resource, type, reason, message, metadata, clock.instant(), instance);
        boolean taken = waiting.offer(new Recorded(event, resource.metadata().labels()));
        if (!taken && !overflows) {
            LOG.log(Level.WARNING, "more happens than can be compared with Alerts: some of it is not told");
        }
        overflows = !taken;
    }

    /** Tells what is recorded, until it is interrupted. */
    @Override
    public void run() {
        try {
            var unused = source.feed(declared);
            while (true) {
                Recorded recorded = waiting.take();
                try {
                    compare(recorded);
                } catch (RuntimeException fault) {
                    LOG.log(Level.ERROR, "an event could not be compared with Alerts", fault);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Recorded recorded) {
        List<Resource<AlertSpec>> alerts = declared.all(Kinds.ALERT);
        if (alerts.isEmpty() || !duplicates.isNew(recorded.event(), clock.instant())) {
            return;
        }
        for (Resource<AlertSpec> alert : alerts) {
            switch (new AlertRule(alert).judge(recorded.event(), recorded.labels(), crossNamespace)) {
                case AlertRule.Verdict.NotMeant() -> {}
                case AlertRule.Verdict.Unusable(String problem) -> telling.unusable(alert, problem);
                case AlertRule.Verdict.Told(FluxEvent event) -> {
                    var provider = new ResourceId(
                            Kinds.PROVIDER.name(),
                            alert.namespace(),
                            alert.spec().providerRef().name());
                    if (!queues.add(provider, () -> telling.tell(alert, event))) {
                        telling.lost(alert, event);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        running.forEach(Thread::interrupt);
    }
}
