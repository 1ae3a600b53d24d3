package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.runtime.simulation.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects and statuses that all replicas share, as a cluster would keep them; a write is slow to return. */
final class MemoryStore implements ObjectStore, StatusStore {

    final Map<ObjectId, KubeObject> objects = new HashMap<>();
    final Map<ResourceId, Object> statuses = new HashMap<>();
    private final World world;

    MemoryStore(World world) {
        this.world = world;
    }

    @Override
    public Change apply(KubeObject object) {
        KubeObject before = objects.put(object.id(), object);
        world.pause();
        return before == null ? Change.CREATED : before.equals(object) ? Change.UNCHANGED : Change.CONFIGURED;
    }

    @Override
    public Optional<KubeObject> find(ObjectId id) {
        return Optional.ofNullable(objects.get(id));
    }

    @Override
    public void delete(ObjectId id) {
        objects.remove(id);
        world.pause();
    }

    @Override
    public String leftOut(ResourceSetSpec spec) {
        return "";
    }

    Set<Owner> owners() {
        return objects.values().stream()
                .flatMap(object -> Owner.of(object).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public <T> Optional<T> read(ResourceId id, Class<T> type) {
        return Optional.ofNullable(statuses.get(id)).map(type::cast);
    }

    @Override
    public void write(Resource<?> resource, Object status) {
        statuses.put(resource.id(), status);
        world.pause();
    }

    @Override
    public void remove(ResourceId id) {
        statuses.remove(id);
        world.pause();
    }
}
