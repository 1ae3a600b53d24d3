package dev.tidemark.evaluator.kafka;

import dev.tidemark.evaluator.domain.Declarations;
import dev.tidemark.evaluator.domain.Declarations.Publication;
import dev.tidemark.evaluator.domain.WantedPolicies;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.runtime.PartitionOwnership;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.TopicScan;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps the owned partitions of {@code policy-declared} in step with the resources: on assignment it restores what the
 * log declares, compares, and writes the difference; deletions become tombstones, also those made while nobody looked.
 */
public final class Declarer implements PartitionOwnership.Listener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Declarer.class.getName());
    private static final String SOURCE = "policy-evaluator";
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** As many as the channel holds back without complaint; one after the other would take a round trip each. */
    private static final int IN_FLIGHT = 100;

    private final DeclaredChannel channel;
    private final ResourceSource resources;
    private final LogClients log;
    private final String cluster;
    private final Clock clock;
    private final ScheduledExecutorService lane = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("declarer").factory());
    private final Map<Integer, Map<String, PolicyDeclared>> logged = new HashMap<>();
    private volatile boolean inStep;

    public Declarer(DeclaredChannel channel, ResourceSource resources, LogClients log, String cluster, Clock clock) {
        this.channel = channel;
        this.resources = resources;
        this.log = log;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Begins to follow the resources and the assignments. */
    public void start(PartitionOwnership ownership) {
        var unused = resources.onChange(snapshot -> hand(this::compare));
        ownership.listen(this);
    }

    /** Whether the log declares what the resources say, for all that this replica owns. */
    public boolean inStep() {
        return inStep;
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        inStep = false;
        hand(() -> restore(partitions));
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        hand(() -> logged.keySet().removeAll(partitions));
    }

    /** At the end of the process partitions are revoked after the lane has closed: there is nothing left to do. */
    private void hand(Runnable work) {
        if (!lane.isShutdown()) {
            lane.execute(work);
        }
    }

    private void restore(Set<Integer> partitions) {
        attempt(() -> restore(partitions), () -> {
            for (Integer partition : partitions) {
                Map<String, PolicyDeclared> declared = new HashMap<>();
                new TopicScan(log, "policy-evaluator-declared-restore")
                        .read(Topic.POLICY_DECLARED, List.of(partition), (key, envelope) -> {
                            if (envelope != null && envelope.event() instanceof PolicyDeclared policy) {
                                // clusters that share a log declare their own policies, each with its evaluator
                                if (policy.target().cluster().equals(cluster)) {
                                    declared.put(key, policy);
                                }
                            } else {
                                declared.remove(key);
                            }
                        });
                logged.put(partition, declared);
            }
            publishDifference();
        });
    }

    private void compare() {
        attempt(this::compare, this::publishDifference);
    }

    private void publishDifference() {
        WantedPolicies resourcesSay = WantedPolicies.of(resources.current(), cluster);
        List<PolicyDeclared> wanted = resourcesSay.policies();
        Set<Target> everywhere = wanted.stream().map(PolicyDeclared::target).collect(Collectors.toSet());
        Map<String, PolicyDeclared> declared = new HashMap<>();
        logged.values().forEach(declared::putAll);
        List<PolicyDeclared> here = wanted.stream()
                .filter(policy -> logged.containsKey(partition(policy.image())))
                .toList();
        switch (Declarations.plan(declared, here, resourcesSay.refused(cluster), everywhere, clock.instant())) {
            case Declarations.Plan.Publish(List<Publication> publications) -> publish(publications);
            case Declarations.Plan.Guarded guarded -> {
                publish(guarded.publications());
                LOG.log(
                        System.Logger.Level.ERROR,
                        "{0} of {1} policies are gone at once: kept in force, since this looks like a mistake."
                                + " Restore the resources, or delete them in smaller steps",
                        guarded.missing(),
                        guarded.declared());
            }
        }
        inStep = true;
    }

    private void publish(List<Publication> publications) {
        for (int from = 0; from < publications.size(); from += IN_FLIGHT) {
            List<Publication> some = publications.subList(from, Math.min(from + IN_FLIGHT, publications.size()));
            CompletableFuture.allOf(some.stream().map(this::send).toArray(CompletableFuture[]::new))
                    .join();
            some.forEach(this::remember);
        }
    }

    private CompletableFuture<Void> send(Publication publication) {
        return switch (publication) {
            case Publication.Declare(PolicyDeclared policy) ->
                channel.declare(Envelope.first(policy, SOURCE, clock.instant()));
            case Publication.Withdraw(String key, boolean moved) -> channel.withdraw(key, moved);
        };
    }

    private void remember(Publication publication) {
        switch (publication) {
            case Publication.Declare(PolicyDeclared policy) ->
                logged.getOrDefault(partition(policy.image()), new HashMap<>())
                        .put(Keys.declared(policy.image(), policy.target()), policy);
            case Publication.Withdraw(String key, boolean moved) ->
                logged.values().forEach(declared -> declared.remove(key));
        }
    }

    private int partition(ImageName image) {
        return Partitioning.partition(image, log.settings().partitions());
    }

    /** A broker that is away is waited for: the comparison is level-triggered, so trying again is always right. */
    private void attempt(Runnable again, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "declaring policies failed, trying again", fault);
            var unused = lane.schedule(again, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        lane.shutdownNow();
    }
}
