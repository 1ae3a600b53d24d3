package dev.tidemark.runtime.partition;

import dev.tidemark.runtime.Faults;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.runtime.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what is known of partitions that were assigned, on threads of its own, until that succeeds or they are gone. */
final class Loads<S extends Shard> {

    private static final System.Logger LOG = System.getLogger(Loads.class.getName());

    private final PartitionRuntime.Settings settings;
    private final Loader loader;
    private final Partitions<S> partitions;
    private final Function<Epoch, S> shards;
    private final Scheduler scheduler;
    private final Runnable loaded;

    /** @param loaded called when partitions are loaded that can be made active */
    Loads(
            PartitionRuntime.Settings settings,
            Loader loader,
            Partitions<S> partitions,
            Function<Epoch, S> shards,
            Scheduler scheduler,
            Runnable loaded) {
        this.settings = settings;
        this.loader = loader;
        this.partitions = partitions;
        this.shards = shards;
        this.scheduler = scheduler;
        this.loaded = loaded;
    }

    /** Partitions that were assigned together are read together. */
    void begin(Map<Epoch, S> batch) {
        start(batch, 1);
    }

    private void start(Map<Epoch, S> batch, int attempt) {
        var unused = scheduler.start(settings.name() + " load", () -> load(batch, attempt));
    }

    private void load(Map<Epoch, S> batch, int attempt) {
        Set<Epoch> epochs = batch.keySet();
        try {
            for (S shard : batch.values()) {
                shard.begin();
            }
            loader.load(
                    epochs.stream().map(Epoch::partition).collect(Collectors.toUnmodifiableSet()),
                    record -> load(batch, record));
            batch.values().forEach(Shard::loaded);
            partitions.loaded(epochs);
            loaded.run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error thrown) {
            Faults.rethrowFatal(thrown);
            Duration pause = settings.backoff().after(attempt);
            LOG.log(Level.WARNING, settings.name() + ": retrying to load " + epochs + " in " + pause, thrown);
            partitions.failed(epochs, thrown, scheduler.now().plus(pause));
            var unused = scheduler.after(pause, () -> again(epochs, attempt + 1));
        }
    }

    private void again(Set<Epoch> epochs, int attempt) {
        Map<Epoch, S> batch = partitions.again(epochs, shards);
        if (!batch.isEmpty()) {
            start(batch, attempt);
        }
    }

    /** One record that a shard cannot take must not keep its partition from everybody. */
    private void load(Map<Epoch, S> batch, LogRecord record) {
        batch.forEach((epoch, shard) -> {
            if (epoch.partition() == record.partition()) {
                try {
                    shard.load(record);
                } catch (RuntimeException poison) {
                    LOG.log(
                            Level.WARNING,
                            settings.name() + ": a record of " + record.topic().topicName() + " at "
                                    + record.partition() + '/' + record.offset() + " is left out: "
                                    + poison.getMessage());
                }
            }
        });
    }
}
