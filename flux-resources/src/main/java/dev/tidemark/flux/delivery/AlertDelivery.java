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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Records events as before, and tells them to whoever the declared Alerts name, on threads of its own: nobody waits for it,
 * and what cannot be told changes nothing for the object.
 */
public final class AlertDelivery implements EventRecorder, AutoCloseable {

    /** What is read for it, in every service. */
    public static final Set<Kind<?>> KINDS = Set.of(Kinds.ALERT, Kinds.PROVIDER);

    /** What is recorded is compared in its order. */
    private static final String RECORDED = "recorded";

    private final EventRecorder events;
    private final ResourceSource source;
    private final CrossNamespaceRefs crossNamespace;
    private final Clock clock;
    private final String instance;
    private final Executor threads;
    private final ResourceCache declared = new ResourceCache(KINDS, List.of(), Runnable::run);
    private final Duplicates duplicates = new Duplicates();
    private final EventQueues<String> recorded;
    private final EventQueues<ResourceId> told;
    private final Telling telling;
    private final DeliveryListener listener;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

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
        this.recorded = new EventQueues<>(this.threads);
        this.told = new EventQueues<>(this.threads);
        this.listener = ports.listener();
        this.telling = new Telling(ports, declared, clock, this::pause);
        var unused = declared.onChange(changes -> changes.forEach(telling::changed));
    }

    /** Begins to read Alerts; what is recorded meanwhile is compared with them afterwards. */
    public void start() {
        recorded.add(
                RECORDED,
                new EventQueues.Work(
                        0,
                        () -> {
                            var unused = source.feed(declared);
                        },
                        () -> {}));
    }

    /** Alerts that are not served, as far as events that were told here have shown it. */
    public List<FailingAlert> failing() {
        return telling.failing();
    }

    /** Alerts for which events were told here. */
    public List<ServedAlert> served() {
        return telling.served();
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
        Recorded one = new Recorded(event, resource.metadata().labels());
        recorded.add(RECORDED, new EventQueues.Work(event.bytes(), () -> compare(one), listener::overflows));
    }

    private void compare(Recorded recorded) {
        List<Resource<AlertSpec>> alerts = declared.all(Kinds.ALERT);
        if (alerts.isEmpty() || !duplicates.isNew(recorded.event(), clock.instant())) {
            return;
        }
        alerts.forEach(alert -> meant(alert, recorded).ifPresent(event -> queue(alert, recorded)));
    }

    /** The event as the Alert has it told; empty where it does not want it. */
    private Optional<FluxEvent> meant(Resource<AlertSpec> alert, Recorded recorded) {
        return switch (new AlertRule(alert).judge(recorded.event(), recorded.labels(), crossNamespace)) {
            case AlertRule.Verdict.NotMeant() -> Optional.empty();
            case AlertRule.Verdict.Unusable(String problem) -> {
                telling.unusable(alert, recorded.event(), problem);
                yield Optional.empty();
            }
            case AlertRule.Verdict.Told(FluxEvent event) -> Optional.of(event);
        };
    }

    private void queue(Resource<AlertSpec> alert, Recorded recorded) {
        ResourceId provider = provider(alert);
        told.add(
                provider,
                new EventQueues.Work(
                        recorded.event().bytes(),
                        () -> tell(alert.id(), provider, recorded),
                        () -> telling.lost(alert, recorded.event())));
    }

    /** What the Alert says now counts: it may be gone, suspended or another by the time that its Provider is free. */
    private void tell(ResourceId id, ResourceId awaited, Recorded recorded) {
        declared.find(Kinds.ALERT, id.namespace(), id.name())
                .ifPresent(alert -> meant(alert, recorded).ifPresent(event -> {
                    if (provider(alert).equals(awaited)) {
                        telling.tell(alert, event);
                    } else {
                        queue(alert, recorded);
                    }
                }));
    }

    private static ResourceId provider(Resource<AlertSpec> alert) {
        return new ResourceId(
                Kinds.PROVIDER.name(),
                alert.namespace(),
                alert.spec().providerRef().name());
    }

    @Override
    public void close() {
        closed.countDown();
        running.forEach(Thread::interrupt);
    }
}
