package dev.tidemark.renderer.cluster;

import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.FieldOwners;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One ResourceSet's objects in a cluster, as one account. */
final class ClusterObjects implements ObjectAccess {

    private static final String FORCE = "fluxcd.controlplane.io/force";

    /** What only an API server says of an object; a definition's status is no more ours than that of others. */
    private static final Set<String> NOT_OURS = Set.of("status");

    private static final Set<String> NOT_OUR_METADATA = Set.of(
            "creationTimestamp",
            "deletionTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid");

    private final KubernetesClient client;
    private final ServedKinds kinds;
    private final Account account;
    private final boolean forced;

    /** @param client that acts as the account */
    ClusterObjects(KubernetesClient client, ServedKinds kinds, Account account, boolean forced) {
        this.client = client;
        this.kinds = kinds;
        this.account = account;
        this.forced = forced;
    }

    /** A request about one object. */
    @FunctionalInterface
    private interface Request<T> {
        T send();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /** An object without a namespace whose kind has to have one was never applied. */
    @Override
    public Optional<KubeObject> find(ObjectId id) {
        return tried(id, () -> kinds.of(id))
                .filter(kind -> !kind.isNamespaceScoped() || !id.namespace().isEmpty())
                .flatMap(kind -> tried(
                        id,
                        () -> Optional.ofNullable(
                                at(kind, id.namespace(), id.name()).get())))
                .map(this::read);
    }

    @Override
    public void check(KubeObject object, Optional<KubeObject> live) {
        try {
            var unused = send(object, true);
        } catch (KubernetesClientException e) {
            if (!Refusal.isImmutable(e) || !isForced(object, live)) {
                throw Refusal.of(e, object.id(), account);
            }
        }
    }

    @Override
    public Written apply(KubeObject object, Optional<KubeObject> live) {
        if (live.isPresent() && live.get().isBeingDeleted()) {
            throw new ObjectStoreException(
                    object.id()
                            + " is being deleted and is made anew when it is gone: look at its finalizers if it stays",
                    null);
        }
        live.ifPresent(this::takeOver);
        KubeObject now = written(object, live);
        kinds.learn(object);
        return new Written(change(live, now), now);
    }

    private static Change change(Optional<KubeObject> before, KubeObject now) {
        if (before.isEmpty() || !before.get().uid().equals(now.uid())) {
            return Change.CREATED;
        }
        return before.get().resourceVersion().equals(now.resourceVersion()) ? Change.UNCHANGED : Change.CONFIGURED;
    }

    private KubeObject written(KubeObject object, Optional<KubeObject> live) {
        try {
            return send(object, false);
        } catch (KubernetesClientException e) {
            if (live.isEmpty() || !Refusal.isImmutable(e) || !isForced(object, live)) {
                throw Refusal.of(e, object.id(), account);
            }
        }
        delete(live.get());
        return tried(object.id(), () -> send(object, false));
    }

    /** A healthy object is deleted only for a field that cannot change, and where that is asked for (flux-gitless 2.8). */
    private boolean isForced(KubeObject object, Optional<KubeObject> live) {
        return forced
                || isForced(object)
                || live.filter(ClusterObjects::isForced).isPresent();
    }

    private static boolean isForced(KubeObject object) {
        return object.annotation(FORCE).equalsIgnoreCase("enabled")
                || object.label(FORCE).equalsIgnoreCase("enabled");
    }

    private KubeObject send(KubeObject object, boolean dryRun) {
        ResourceDefinitionContext kind = kinds.of(object);
        if (kind.isNamespaceScoped() && object.namespace().isEmpty()) {
            throw new ObjectStoreException(
                    object.id() + " has no namespace, and its kind has to have one: set metadata.namespace", null);
        }
        PatchContext.Builder how = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FieldOwners.OURS)
                .withForce(true);
        if (dryRun) {
            how.withDryRun(List.of("All"));
        }
        GenericKubernetesResource sent = client.getKubernetesSerialization()
                .convertValue(object.without(NOT_OURS, NOT_OUR_METADATA).json(), GenericKubernetesResource.class);
        try {
            return read(at(kind, object.namespace(), object.name()).patch(how.build(), sent));
        } catch (KubernetesClientException e) {
            if (Refusal.isUnknownKind(e)) {
                kinds.forget(object.apiVersion());
            }
            throw e;
        }
    }

    private void takeOver(KubeObject live) {
        FieldOwners.takenOver(live)
                .ifPresent(owners -> tried(live.id(), () -> {
                    String patch = JsonWriter.compact(List.of(
                            replace("/metadata/managedFields", owners),
                            replace("/metadata/resourceVersion", live.resourceVersion())));
                    return at(kinds.of(live), live.namespace(), live.name())
                            .patch(
                                    new PatchContext.Builder()
                                            .withPatchType(PatchType.JSON)
                                            .build(),
                                    patch);
                }));
    }

    private static Map<String, Object> replace(String path, Object value) {
        return Map.of("op", "replace", "path", path, "value", value);
    }

    /** That object and no other one under its name; what it owns goes after it (flux-gitless 2.10). */
    @Override
    public void delete(KubeObject live) {
        Map<String, Object> options = Map.of(
                "apiVersion", "v1",
                "kind", "DeleteOptions",
                "propagationPolicy", "Background",
                "preconditions", Map.of("uid", live.uid()));
        try {
            var unused = client.raw(ObjectPath.of(kinds.of(live), live.namespace(), live.name()), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (!Refusal.isGone(e)) {
                throw Refusal.of(e, live.id(), account);
            }
        }
        Definitions.served(live).keySet().forEach(kinds::forget);
    }

    private <T> T tried(ObjectId id, Request<T> request) {
        try {
            return request.send();
        } catch (KubernetesClientException e) {
            throw Refusal.of(e, id, account);
        }
    }

    private Resource<GenericKubernetesResource> at(ResourceDefinitionContext kind, String namespace, String name) {
        var all = client.genericKubernetesResources(kind);
        return kind.isNamespaceScoped() ? all.inNamespace(namespace).withName(name) : all.withName(name);
    }

    private KubeObject read(GenericKubernetesResource object) {
        return new KubeObject(Json.object(client.getKubernetesSerialization().convertValue(object, Map.class)));
    }
}
