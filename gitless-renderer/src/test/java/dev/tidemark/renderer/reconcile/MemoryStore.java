package dev.tidemark.renderer.reconcile;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.runtime.simulation.World;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects that all replicas share, as a cluster would keep them; a write is slow to return. */
final class MemoryStore implements ObjectStore, ObjectAccess {

    final Map<ObjectId, KubeObject> objects = new HashMap<>();
    private final World world;

    /** Whether nothing may be deleted. */
    boolean keeps;

    /** Whether the account may not even look. */
    boolean denies;

    /** On whose behalf objects were touched last. */
    @Nullable
    SetTerms last;

    /** How often an object was. */
    int applied;

    MemoryStore(World world) {
        this.world = world;
    }

    @Override
    public ObjectAccess on(SetTerms terms) {
        last = terms;
        return this;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void check(KubeObject object, Optional<KubeObject> live) {}

    @Override
    public Written apply(KubeObject object, Optional<KubeObject> live) {
        applied++;
        KubeObject before = objects.put(object.id(), object);
        world.pause();
        Change change = before == null ? Change.CREATED : before.equals(object) ? Change.UNCHANGED : Change.CONFIGURED;
        return new Written(change, object);
    }

    @Override
    public Optional<KubeObject> find(ObjectId id) {
        if (denies) {
            throw ObjectStoreException.denied(id + ": the account may not get it", null);
        }
        return Optional.ofNullable(objects.get(id));
    }

    @Override
    public void delete(KubeObject live) {
        if (keeps) {
            throw new ObjectStoreException(live.id() + ": a webhook refuses", null);
        }
        objects.remove(live.id());
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
}
