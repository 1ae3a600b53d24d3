package dev.tidemark.flux.cache;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Policies on an API server, and a watch on them that does what watches do: says a thing twice, in the wrong order, of a
 * status only, and ends with 410 Gone, after which everything is listed.
 */
final class FakeApiServer {

    private final Random random;
    private final Map<ResourceId, Resource<?>> live = new TreeMap<>();
    private final List<Event> watch = new ArrayList<>();
    private final List<Event> past = new ArrayList<>();
    private long version = 7;
    private int uids;
    private int statusWrites;

    /** @param resource null for a deletion */
    private record Event(ResourceId id, @Nullable Resource<?> resource) {}

    FakeApiServer(Random random) {
        this.random = random;
    }

    Map<ResourceId, Resource<?>> live() {
        return live;
    }

    int statusWrites() {
        return statusWrites;
    }

    /** Somebody does something. */
    void act() {
        ResourceId id = new ResourceId("ImagePolicy", "ns" + random.nextInt(3), "p" + random.nextInt(6));
        Resource<?> before = live.get(id);
        switch (random.nextInt(5)) {
            case 0 -> {
                if (before != null) {
                    live.remove(id);
                    watch.add(new Event(id, null));
                }
            }
            case 1 -> {
                if (before != null) {
                    statusWrites++;
                    put(policy(id, before.metadata().uid(), before.annotation("repository")));
                }
            }
            default ->
                put(policy(
                        id, before == null ? "uid-" + uids++ : before.metadata().uid(), "r" + random.nextInt(4)));
        }
    }

    private void put(Resource<?> resource) {
        live.put(resource.id(), resource);
        watch.add(new Event(resource.id(), resource));
    }

    private Resource<ImagePolicySpec> policy(ResourceId id, String uid, String repository) {
        version += 1 + random.nextInt(50);
        Metadata metadata = new Metadata(
                id.namespace(), id.name(), Map.of(), Map.of("repository", repository), uid, 1, Long.toString(version));
        return new Resource<>(
                Kinds.IMAGE_POLICY,
                metadata,
                new ImagePolicySpec(
                        new ImagePolicySpec.RepositoryRef("app", null),
                        new ImagePolicySpec.Choice(null, null, null),
                        null,
                        null,
                        null,
                        false));
    }

    /** The watch says some of what it has to say. */
    void deliver(ResourceCache cache) {
        if (random.nextInt(20) == 0) {
            relist(cache);
            return;
        }
        int some = random.nextInt(watch.size() + 1);
        for (Event event : List.copyOf(watch.subList(0, some))) {
            say(event, cache);
            past.add(event);
            if (random.nextInt(4) == 0) {
                Event again = past.get(random.nextInt(past.size()));
                if (again.resource() != null) {
                    say(again, cache);
                }
            }
        }
        watch.subList(0, some).clear();
    }

    /** 410 Gone: what the watch had to say is lost. */
    void relist(ResourceCache cache) {
        watch.clear();
        cache.replace(Kinds.IMAGE_POLICY, live.values());
    }

    void deliverAll(ResourceCache cache) {
        watch.forEach(event -> say(event, cache));
        watch.clear();
    }

    private static void say(Event event, ResourceCache cache) {
        if (event.resource() == null) {
            cache.delete(event.id());
        } else {
            cache.upsert(event.resource());
        }
    }
}
