package dev.tidemark.runtime.partition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where each partition stands. For any thread: every change is one step from a state to a legal successor. */
final class Partitions<S extends Shard> {

    private final Map<Integer, PartitionState<S>> states = new TreeMap<>();
    private final Set<Epoch> loaded = new HashSet<>();
    private long epochs;

    /** A new epoch for each of these partitions, with what loads. */
    synchronized Map<Epoch, S> assigned(Set<Integer> numbers, Function<Epoch, S> shards) {
        Map<Epoch, S> batch = new HashMap<>();
        for (Integer number : numbers) {
            Epoch epoch = new Epoch(number, ++epochs);
            S shard = shards.apply(epoch);
            states.put(number, new PartitionState.Loading<>(epoch, shard, 1));
            batch.put(epoch, shard);
        }
        return batch;
    }

    /** These were read to their end; those whose epoch is over meanwhile are of no interest. */
    synchronized void loaded(Collection<Epoch> read) {
        read.stream().filter(this::isCurrent).forEach(loaded::add);
    }

    /** Makes active what was loaded since the last call. */
    synchronized List<PartitionState.Active<S>> takeLoaded() {
        List<PartitionState.Active<S>> active = new ArrayList<>();
        for (Epoch epoch : loaded) {
            if (state(epoch) instanceof PartitionState.Loading<S> loading) {
                PartitionState.Active<S> next = loading.loaded();
                states.put(epoch.partition(), next);
                active.add(next);
            }
        }
        loaded.clear();
        return active;
    }

    synchronized void failed(Collection<Epoch> unread, Throwable cause, Instant nextTry) {
        for (Epoch epoch : unread) {
            if (state(epoch) instanceof PartitionState.Loading<S> loading) {
                states.put(epoch.partition(), loading.failed(cause, nextTry));
            }
        }
    }

    /** Another attempt, with new shards, at those that failed and are still ours. */
    synchronized Map<Epoch, S> again(Collection<Epoch> unread, Function<Epoch, S> shards) {
        Map<Epoch, S> batch = new HashMap<>();
        for (Epoch epoch : unread) {
            if (state(epoch) instanceof PartitionState.Failed<S> failed) {
                S shard = shards.apply(epoch);
                states.put(epoch.partition(), failed.again(shard));
                batch.put(epoch, shard);
            }
        }
        return batch;
    }

    /** Ends the epochs of these partitions; returns the shards that loaded or were active. */
    synchronized List<S> close(Set<Integer> numbers) {
        List<S> closed = new ArrayList<>();
        for (Integer number : numbers) {
            PartitionState<S> state = states.remove(number);
            switch (state) {
                case PartitionState.Loading<S> loading -> closed.add(loading.shard());
                case PartitionState.Active<S> active -> closed.add(active.shard());
                case PartitionState.Failed<S> failed -> {}
                case null -> {}
            }
        }
        return closed;
    }

    synchronized Set<Integer> all() {
        return Set.copyOf(states.keySet());
    }

    synchronized boolean isCurrent(Epoch epoch) {
        return state(epoch) != null;
    }

    private @Nullable PartitionState<S> state(Epoch epoch) {
        PartitionState<S> state = states.get(epoch.partition());
        return state != null && state.epoch().equals(epoch) ? state : null;
    }

    /** Loading or active, nothing else. */
    synchronized Optional<Epoch> owned(int partition) {
        PartitionState<S> state = states.get(partition);
        return state == null || state instanceof PartitionState.Failed<S>
                ? Optional.empty()
                : Optional.of(state.epoch());
    }

    synchronized Optional<PartitionState.Active<S>> activeState(int partition) {
        return states.get(partition) instanceof PartitionState.Active<S> active
                ? Optional.of(active)
                : Optional.empty();
    }

    Optional<S> active(int partition) {
        return activeState(partition).map(PartitionState.Active::shard);
    }

    synchronized List<S> active() {
        List<S> shards = new ArrayList<>();
        for (PartitionState<S> state : states.values()) {
            if (state instanceof PartitionState.Active<S> active) {
                shards.add(active.shard());
            }
        }
        return shards;
    }

    synchronized boolean allActive() {
        return states.values().stream().allMatch(PartitionState.Active.class::isInstance);
    }

    /** The first partition that is not active, in words. */
    synchronized Optional<String> problem() {
        for (PartitionState<S> state : states.values()) {
            switch (state) {
                case PartitionState.Active<S> active -> {}
                case PartitionState.Loading<S> loading -> {
                    return Optional.of("partition " + loading.epoch().partition() + " is loading");
                }
                case PartitionState.Failed<S> failed -> {
                    return Optional.of("partition " + failed.epoch().partition() + " could not be loaded, retrying at "
                            + failed.nextTry() + ": " + failed.cause());
                }
            }
        }
        return Optional.empty();
    }
}
