package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.ImageName;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A registry whose answers take their time, fail, or wait for a test. */
final class SimulatedRegistry {

    /** Longer than any test waits. */
    private static final Duration LONG = Duration.ofDays(365);

    private final World world;
    private final Map<ImageName, Map<String, String>> images = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, CompletableFuture<Boolean>> gates = new HashMap<>();
    private final Map<String, Throwable> faults = new HashMap<>();
    private final Map<String, Duration> slow = new HashMap<>();
    private @Nullable Duration silent;
    private Registry.@Nullable Failed refusal;

    SimulatedRegistry(World world) {
        this.world = world;
    }

    void push(ImageName image, String tag, String digest) {
        images.computeIfAbsent(image, name -> new TreeMap<>()).put(tag, digest);
    }

    void delete(ImageName image, String tag) {
        images.computeIfAbsent(image, name -> new TreeMap<>()).remove(tag);
    }

    static String digest(int number) {
        return "sha256:" + "%02x".formatted(number).repeat(32);
    }

    /** What was asked: tags, {@code page 1}, {@code page 2}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void forgetAsked() {
        asked.clear();
    }

    /** Whoever asks for this waits until {@link #open}. */
    void gate(String what) {
        gates.put(what, new CompletableFuture<>());
    }

    void open(String what) {
        CompletableFuture<Boolean> gate = gates.remove(what);
        if (gate != null) {
            gate.complete(true);
        }
    }

    /** The next one who asks for this meets a fault. */
    void fault(String what, Throwable fault) {
        faults.put(what, fault);
    }

    /** Every answer of a host takes this time. */
    void slow(String host, Duration latency) {
        slow.put(host, latency);
    }

    /** Nobody gets an answer, each after this time; null: as usual. */
    void setSilent(@Nullable Duration timeout) {
        silent = timeout;
    }

    /** Everybody gets this answer; null: as usual. */
    void setRefusal(Registry.@Nullable Failed failed) {
        refusal = failed;
    }

    Registry as(World.Replica process) {
        return new Registry() {
            @Override
            public Listing list(Place place, Urgency urgency, TagSink sink) {
                ImageName image = place.feed().image();
                Failed failed = ask("page 1", image, process);
                if (failed != null) {
                    return failed;
                }
                List<String> tags =
                        List.copyOf(images.getOrDefault(image, Map.of()).keySet());
                tags.subList(0, tags.size() / 2).forEach(sink::tag);
                sink.pageEnd();
                failed = ask("page 2", image, process);
                tags.subList(tags.size() / 2, tags.size()).forEach(sink::tag);
                return failed == null ? new Listing.Complete() : failed;
            }

            @Override
            public Resolution resolve(Place place, Urgency urgency, String tag) {
                ImageName image = place.feed().image();
                Failed failed = ask(tag, image, process);
                if (failed != null) {
                    return failed;
                }
                String digest = images.getOrDefault(image, Map.of()).get(tag);
                return digest == null ? new Resolution.Gone() : new Resolution.Found(digest);
            }
        };
    }

    private Registry.@Nullable Failed ask(String what, ImageName image, World.Replica process) {
        asked.add(what);
        CompletableFuture<Boolean> gate = gates.get(what);
        try {
            if (gate != null) {
                var unused = process.await(gate, LONG);
            }
            Duration latency = slow.get(image.registry());
            if (latency != null) {
                var unused = process.await(new CompletableFuture<Boolean>(), latency);
            }
            Duration timeout = silent;
            if (timeout != null) {
                var unused = process.await(new CompletableFuture<Boolean>(), timeout);
                return new Registry.Failed(ScanFailure.UNREACHABLE, "no answer came", null);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while asking a registry");
        }
        world.pause();
        switch (faults.remove(what)) {
            case null -> {}
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            case Throwable other -> throw new IllegalStateException(other);
        }
        return refusal;
    }
}
