package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.health.Health;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One run over a set's objects: what it knows, what it did. */
final class ApplyRun {

    private static final String RECREATE = "fluxcd.controlplane.io/recreateOnFailure";

    private final Owner owner;
    private final ObjectAccess objects;
    private final Remembered remembered;
    private final boolean trusting;
    private final Permission permission;
    private final Clock clock;
    private final List<KubeObject> touched = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<ObjectId, Health> seen = new HashMap<>();

    ApplyRun(
            Owner owner,
            ObjectAccess objects,
            Remembered remembered,
            boolean trusting,
            Permission permission,
            Clock clock) {
        this.owner = owner;
        this.objects = objects;
        this.remembered = remembered;
        this.trusting = trusting;
        this.permission = permission;
        this.clock = clock;
    }

    /** One that is not as wanted, or may not be. */
    private record Due(KubeObject object, Optional<KubeObject> live) {}

    List<KubeObject> touched() {
        return touched;
    }

    List<String> changes() {
        return changes;
    }

    /**
     * Applies objects: none of them while one would be refused.
     *
     * @return whether there was leave to
     */
    boolean apply(List<KubeObject> together) throws InterruptedException {
        List<Due> due = new ArrayList<>();
        for (KubeObject object : together) {
            due(object).ifPresent(due::add);
        }
        if (due.size() > 1) {
            due.forEach(one -> objects.check(one.object(), one.live()));
        }
        for (Due one : due) {
            if (!permission.isGiven()) {
                return false;
            }
            apply(one);
        }
        return true;
    }

    private Optional<Due> due(KubeObject object) {
        if (!objects.isLive()) {
            return Optional.of(new Due(object, Optional.empty()));
        }
        if (trusting && remembered.isApplied(object)) {
            touched.add(object);
            return Optional.empty();
        }
        Optional<KubeObject> live = objects.find(object.id());
        if (live.isPresent() && remembered.isUntouched(object, live.get()) && !isToBeRepeated(object, live.get())) {
            touched.add(object);
            look(object.id(), live);
            return Optional.empty();
        }
        return Optional.of(new Due(object, live));
    }

    private void apply(Due one) {
        KubeObject object = one.object();
        touched.add(object);
        remembered.forget(object.id());
        Optional<KubeObject> live = one.live();
        if (live.isPresent() && isToBeRepeated(object, live.get())) {
            objects.delete(live.get());
            live = Optional.empty();
        }
        ObjectAccess.Written written = objects.apply(object, live);
        if (written.change() != ObjectAccess.Change.UNCHANGED) {
            changes.add(object.id() + " " + written.change().name().toLowerCase(Locale.ROOT));
        }
        if (objects.isLive()) {
            Health health = Health.of(written.object(), clock.instant());
            seen.put(object.id(), health);
            remembered.applied(object, written.object(), health instanceof Health.Current);
        }
    }

    /** A Job that failed does not run again by being applied (flux-gitless 2.8). */
    private boolean isToBeRepeated(KubeObject object, KubeObject live) {
        return object.group().equals("batch")
                && object.kind().equals("Job")
                && object.annotation(RECREATE).equals("enabled")
                && owner.owns(live)
                && Health.of(live, clock.instant()) instanceof Health.Failed;
    }

    /** How objects that were applied stand; one that is not known to be healthy is looked at, once in a run. */
    Healths health(List<KubeObject> applied) {
        if (!objects.isLive()) {
            return new Healths.AllCurrent();
        }
        Map<ObjectId, Health> all = new LinkedHashMap<>();
        for (KubeObject object : applied) {
            ObjectId id = object.id();
            if (!seen.containsKey(id) && !remembered.isCurrent(id)) {
                look(id, objects.find(id));
            }
            all.put(id, seen.getOrDefault(id, new Health.Current()));
        }
        return Healths.of(all);
    }

    private void look(ObjectId id, Optional<KubeObject> live) {
        Health health = live.map(object -> Health.of(object, clock.instant()))
                .orElseGet(() -> new Health.InProgress("it is not there any more"));
        seen.put(id, health);
        if (live.isPresent()) {
            remembered.looked(id, health instanceof Health.Current);
        } else {
            remembered.forget(id);
        }
    }
}
