package dev.tidemark.renderer.app;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.ResourceSnapshot.Severity;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.Fault;
import dev.tidemark.renderer.domain.reconcile.Annotations;
import dev.tidemark.renderer.domain.reconcile.Pass;
import dev.tidemark.renderer.domain.reconcile.ProviderReconciler;
import dev.tidemark.renderer.domain.reconcile.ResourceSetReconciler;
import dev.tidemark.renderer.domain.reconcile.SeenSelections;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the work of a lane: looks up what the resource is now and runs the right pass over it. */
final class ResourcePasses {

    private static final System.Logger LOG = System.getLogger(ResourcePasses.class.getName());

    private final ResourceSource resources;
    private final ResourceSetReconciler resourceSets;
    private final ProviderReconciler providers;
    private final StatusStore statuses;
    private final Supplier<Pace> paces;
    private final Clock clock;

    ResourcePasses(
            ResourceSource resources,
            ResourceSetReconciler resourceSets,
            ProviderReconciler providers,
            StatusStore statuses,
            Supplier<Pace> paces,
            Clock clock) {
        this.resources = resources;
        this.resourceSets = resourceSets;
        this.providers = providers;
        this.statuses = statuses;
        this.paces = paces;
        this.clock = clock;
    }

    /** @param owner proves that this replica still serves the resource; asked before anything is written */
    Lane.Work of(ResourceId id, BooleanSupplier owner) {
        return id.kind().equals(Kinds.RESOURCE_SET.name()) ? new SetWork(id, owner) : new ProviderWork(id, owner);
    }

    /** One of the two kinds: what they have in common is that nothing may end a lane. */
    private abstract class Work implements Lane.Work {
        final ResourceId id;
        private final BooleanSupplier owner;
        final Pace pace = paces.get();
        private volatile boolean ended;

        Work(ResourceId id, BooleanSupplier owner) {
            this.id = id;
            this.owner = owner;
        }

        @Override
        public @Nullable Duration pass() {
            ResourceSnapshot declared = resources.current();
            try {
                Pass pass = owner.getAsBoolean() ? pass(declared) : Pass.RETRY;
                ended = pass == Pass.ENDED;
                return pace.after(pass, interval(declared));
            } catch (Throwable failure) {
                LOG.log(Level.ERROR, id + ": the pass failed and is tried again", failure);
                say(declared, failure);
                return pace.after(Pass.RETRY, Duration.ZERO);
            }
        }

        /** Whatever it was, it is a condition of this resource, and not the end of its lane. */
        private void say(ResourceSnapshot declared, Throwable failure) {
            try {
                failed(declared, Fault.text(failure), clock.instant().plus(pace.backoff()));
            } catch (RuntimeException unwritable) {
                LOG.log(Level.WARNING, id + ": not even its status could be written", unwritable);
            }
        }

        @Override
        public boolean isOver() {
            return ended;
        }

        abstract Pass pass(ResourceSnapshot declared);

        abstract void failed(ResourceSnapshot declared, String message, Instant nextTry);

        abstract Duration interval(ResourceSnapshot declared);
    }

    private final class SetWork extends Work {
        private final SeenSelections seen = new SeenSelections();
        private boolean suspended;

        SetWork(ResourceId id, BooleanSupplier owner) {
            super(id, owner);
        }

        @Override
        Pass pass(ResourceSnapshot declared) {
            Optional<Resource<ResourceSetSpec>> resourceSet =
                    declared.find(Kinds.RESOURCE_SET, id.namespace(), id.name());
            if (resourceSet.isEmpty()) {
                return gone(declared);
            }
            suspended = Annotations.suspended(resourceSet.get());
            return resourceSets.reconcile(
                    resourceSet.get(), declared, seen, clock.instant().plus(pace.backoff()));
        }

        @Override
        void failed(ResourceSnapshot declared, String message, Instant nextTry) {
            declared.find(Kinds.RESOURCE_SET, id.namespace(), id.name())
                    .ifPresent(resourceSet -> resourceSets.failed(resourceSet, message, nextTry));
        }

        /** Something that cannot be read may hide it: only a folder that reads well says that it was deleted. */
        private Pass gone(ResourceSnapshot declared) {
            boolean unreadable = declared.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR);
            if (unreadable) {
                LOG.log(Level.WARNING, "{0} is missing, but manifests have errors: its objects stay", id);
                return Pass.PARKED;
            }
            return resourceSets.end(id, suspended);
        }

        @Override
        Duration interval(ResourceSnapshot declared) {
            return declared.find(Kinds.RESOURCE_SET, id.namespace(), id.name())
                    .map(Annotations::interval)
                    .orElse(Duration.ZERO);
        }
    }

    private final class ProviderWork extends Work {

        ProviderWork(ResourceId id, BooleanSupplier owner) {
            super(id, owner);
        }

        @Override
        Pass pass(ResourceSnapshot declared) {
            Optional<Resource<ResourceSetInputProviderSpec>> provider =
                    declared.find(Kinds.RESOURCE_SET_INPUT_PROVIDER, id.namespace(), id.name());
            if (provider.isPresent()) {
                providers.reconcile(provider.get());
            } else {
                statuses.remove(id);
                return Pass.ENDED;
            }
            return Pass.PARKED;
        }

        @Override
        void failed(ResourceSnapshot declared, String message, Instant nextTry) {
            declared.find(Kinds.RESOURCE_SET_INPUT_PROVIDER, id.namespace(), id.name())
                    .ifPresent(provider -> providers.failed(provider, message, nextTry));
        }

        @Override
        Duration interval(ResourceSnapshot declared) {
            return Duration.ZERO;
        }
    }
}
