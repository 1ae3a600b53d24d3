package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A cluster in memory, as far as what is applied to it can tell. */
public final class LiveObjects implements ObjectStore, ObjectAccess {

    /** What was asked for, in order, for example {@code find ConfigMap/apps/a}. */
    public final List<String> requests = new ArrayList<>();

    /** Names of objects that are refused. */
    public final Set<String> refused = new HashSet<>();

    private final Map<ObjectId, KubeObject> objects = new HashMap<>();
    private int version;

    @Override
    public ObjectAccess on(SetTerms terms) {
        return this;
    }

    @Override
    public Optional<ObjectAccess> ownView() {
        return Optional.of(this);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public Optional<KubeObject> find(ObjectId id) {
        requests.add("find " + id);
        return Optional.ofNullable(objects.get(id));
    }

    @Override
    public void check(KubeObject object, Optional<KubeObject> live) {
        requests.add("check " + object.id());
        refuse(object);
    }

    @Override
    public Written apply(KubeObject object, Optional<KubeObject> live) {
        requests.add("apply " + object.id());
        refuse(object);
        KubeObject before = objects.get(object.id());
        KubeObject now = with(object, "flux-operator", before == null ? "uid" + version : before.uid());
        objects.put(object.id(), now);
        return new Written(before == null ? Change.CREATED : Change.CONFIGURED, now);
    }

    private void refuse(KubeObject object) {
        if (refused.contains(object.name())) {
            throw new ObjectStoreException(object.id() + " is refused", null);
        }
    }

    @Override
    public void delete(KubeObject live) {
        requests.add("delete " + live.id());
        objects.remove(live.id());
    }

    @Override
    public String leftOut(ResourceSetSpec spec) {
        return "";
    }

    public Set<Owner> owners() {
        return objects.values().stream()
                .flatMap(object -> Owner.of(object).stream())
                .collect(Collectors.toSet());
    }

    /** Somebody takes a field. */
    public void touch(ObjectId id) {
        objects.computeIfPresent(id, (unused, live) -> with(live, "somebody", live.uid()));
    }

    /** Somebody makes it. */
    public void make(KubeObject object) {
        objects.put(object.id(), object);
    }

    /** Somebody deletes it. */
    public void lose(ObjectId id) {
        objects.remove(id);
    }

    /** A controller writes a status. */
    public void status(ObjectId id, Map<String, Object> status) {
        objects.computeIfPresent(id, (unused, live) -> {
            Map<String, Object> json = new TreeMap<>(Json.object(live.json()));
            json.put("status", status);
            return new KubeObject(json);
        });
    }

    public Set<ObjectId> ids() {
        return objects.keySet();
    }

    /** The requests since this was last called. */
    public List<String> news() {
        List<String> news = List.copyOf(requests);
        requests.clear();
        return news;
    }

    private KubeObject with(KubeObject object, String owner, String uid) {
        Map<String, Object> json = new TreeMap<>(Json.object(object.json()));
        Map<String, Object> metadata = new TreeMap<>(Json.object((Map<?, ?>) json.getOrDefault("metadata", Map.of())));
        metadata.put("uid", uid);
        metadata.put("resourceVersion", String.valueOf(++version));
        metadata.put(
                "managedFields",
                List.of(Map.of("manager", owner, "operation", "Apply", "fieldsV1", Map.of("f:data", Map.of()))));
        json.put("metadata", metadata);
        return new KubeObject(json);
    }
}
