package dev.tidemark.renderer.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Publication;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.cel.CelExpressions;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.input.ProviderFacts;
import dev.tidemark.renderer.domain.input.ProviderLog;
import dev.tidemark.renderer.domain.render.RenderLimits;
import dev.tidemark.renderer.domain.render.RenderSlots;
import dev.tidemark.renderer.domain.render.ResourceSetRendering;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import dev.tidemark.runtime.partition.Ownership;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.resources.CountedResources;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renderers in stepped time: one log, and each has its own view of it and of what is declared. */
final class Renderers implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final String PROVIDERS = "ResourceSetInputProvider";

    final World world;
    final SimulatedGroup group;
    final MemoryStatuses statuses;
    final List<Envelope<?>> published = new ArrayList<>();

    /** Events of resources. */
    final List<String> told = new ArrayList<>();

    /** What replicas that begin from now on are told of other namespaces. */
    CrossNamespaceRefs crossing = CrossNamespaceRefs.ALLOWED;

    private final Map<ResourceId, ProviderFacts> log = new HashMap<>();

    Renderers(long seed) {
        world = new World(seed);
        statuses = new MemoryStatuses(world);
        group = new SimulatedGroup(world, Topic.TAG_SELECTED, PARTITIONS);
    }

    /** What is in the log, whoever has read it. */
    void append(ResourceId provider, ProviderFacts facts) {
        log.put(provider, facts);
    }

    List<Event> events() {
        return published.stream().<Event>map(Envelope::event).toList();
    }

    boolean serves(One one, ResourceId id) {
        String target = new Target("local", id.kind(), id.namespace(), id.name()).text();
        return group.isOwner(one.process, Partitioning.partition(Topic.TAG_SELECTED, target, PARTITIONS));
    }

    static ProviderFacts selected(long sequence, String... tags) {
        List<SelectedTag> selected = new ArrayList<>();
        for (String tag : tags) {
            selected.add(new SelectedTag(tag, null));
        }
        return new ProviderFacts(
                Envelope.first(
                        new Event.TagSelected(
                                new Target("local", PROVIDERS, "flux-system", "app-image-tag"),
                                new ImageName("ghcr.io/my-org/my-app"),
                                "ghcr.io/my-org/my-app",
                                selected,
                                List.of(),
                                sequence,
                                World.BEGIN.plusSeconds(sequence)),
                        "policy-evaluator",
                        World.BEGIN),
                null,
                null,
                null);
    }

    One replica(String name, ObjectStore objects, Supplier<Set<Owner>> owners) {
        return new One(name, objects, owners, UnaryOperator.identity());
    }

    @Override
    public void close() {
        world.end();
    }

    /** One replica. */
    final class One implements ProviderLog {

        final World.Replica process;
        final RendererWork work;
        final ResourceCache resources;
        final CountedResources counted;

        /** What the source cannot tell of: it may be gone, or hidden by what cannot be read. */
        final Set<ResourceId> doubtful = new HashSet<>();

        /** How often what the log says of a provider was asked for. */
        int asked;

        private final Map<ResourceId, ProviderFacts> table = new HashMap<>();

        /** What reading the log throws; null where it works. */
        @Nullable
        Throwable fault;

        One(String name, ObjectStore objects, Supplier<Set<Owner>> owners, UnaryOperator<Ownership> proofs) {
            this.process = world.replica(name);
            this.resources = Samples.cache(task -> {
                var unused = process.start("resources", task);
            });
            this.counted = new CountedResources(resources);
            resources.completed(id -> !doubtful.contains(id));
            var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, new Random(1));
            this.work = new RendererWork(
                    new RendererWork.Parts(
                            "local",
                            PARTITIONS,
                            counted,
                            this,
                            new ResourceSetRendering(
                                    new GoYamlDocuments(),
                                    true,
                                    RenderLimits.ofHeap(Runtime.getRuntime().maxMemory()),
                                    RenderSlots.ALONE),
                            objects,
                            new GoYamlDocuments(),
                            new Dependencies(new CelExpressions(), crossing),
                            owners,
                            statuses,
                            (resource, type, reason, message) -> told.add(type + " " + reason + " " + message),
                            StatusListener.NOBODY,
                            publications -> publications.forEach(this::publish),
                            new IntervalPace(5, new Random(1)),
                            backoff,
                            process),
                    shards -> group.replica(
                            process,
                            new PartitionRuntime.Settings(name, Topic.TAG_SELECTED, PARTITIONS, 100, backoff),
                            (partitions, sink) -> read(),
                            shards,
                            (record, reason) -> {}),
                    proofs);
            var unused = resources.onChange(work::changed);
            work.start();
        }

        private void publish(Publication publication) {
            if (publication instanceof Publication.Fact(Envelope<?> envelope)) {
                published.add(envelope);
            }
        }

        /** Its table catches up. */
        void read() {
            world.pause();
            table.putAll(log);
        }

        /** Its table catches up and says so. */
        void hear(ResourceId provider) {
            table.putAll(log);
            work.selected(Set.of(provider));
        }

        /** These are all that is declared now. */
        void declare(Resource<?>... all) {
            for (Kind<?> kind : resources.kinds()) {
                resources.replace(
                        kind,
                        Stream.of(all)
                                .filter(resource -> resource.kind().equals(kind))
                                .toList());
            }
        }

        @Override
        public ProviderFacts facts(Resource<ResourceSetInputProviderSpec> provider) {
            asked++;
            if (fault != null) {
                throw sneaky(fault);
            }
            return table.getOrDefault(provider.id(), ProviderFacts.NONE);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
            throw (T) fault;
        }
    }
}
