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

    private static final String ENABLED = "enabled";

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

    /**
     * One that is not as wanted, or may not be.
     *
     * @param looked whether it was looked at; else nobody knows what is there
     */
    private record Due(KubeObject object, Optional<KubeObject> live, boolean looked) {}

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
            due.replaceAll(this::looked);
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
            return Optional.of(new Due(object, Optional.empty(), true));
        }
        if (trusting && remembered.isApplied(object)) {
            touched.add(object);
            return Optional.empty();
        }
        if (trusting
                && remembered.isKnown(object.id())
                && !object.annotation(RECREATE).equals(ENABLED)) {
            return Optional.of(new Due(object, Optional.empty(), false));
        }
        Optional<KubeObject> live = objects.find(object.id());
        if (live.isPresent() && remembered.isUntouched(object, live.get()) && !isToBeRepeated(object, live.get())) {
            touched.add(object);
            look(object.id(), live);
            return Optional.empty();
        }
        return Optional.of(new Due(object, live, true));
    }

    private Due looked(Due one) {
        return one.looked()
                ? one
                : new Due(one.object(), objects.find(one.object().id()), true);
    }

    private void apply(Due one) {
        KubeObject object = one.object();
        touched.add(object);
        if (one.looked() || !isAppliedUnseen(object)) {
            applyTo(object, looked(one).live());
        }
    }

    /** Applies over what an earlier run left, in one request; false where only a look at it tells how. */
    private boolean isAppliedUnseen(KubeObject object) {
        try {
            KubeObject now = objects.apply(object, Optional.empty()).object();
            if (now.isBeingDeleted()) {
                return false;
            }
            changes.add(object.id() + (remembered.isSame(now) ? " configured" : " created"));
            see(object, now);
            return true;
        } catch (ObjectStoreException refused) {
            return false;
        }
    }

    private void applyTo(KubeObject object, Optional<KubeObject> found) {
        remembered.forget(object.id());
        Optional<KubeObject> live = found;
        if (live.isPresent() && isToBeRepeated(object, live.get())) {
            objects.delete(live.get());
            live = Optional.empty();
        }
        ObjectAccess.Written written = objects.apply(object, live);
        if (written.change() != ObjectAccess.Change.UNCHANGED) {
            changes.add(object.id() + " " + written.change().name().toLowerCase(Locale.ROOT));
        }
        if (objects.isLive()) {
            see(object, written.object());
        }
    }

    private void see(KubeObject object, KubeObject live) {
        Health health = Health.of(live, clock.instant());
        seen.put(object.id(), health);
        remembered.applied(object, live, health instanceof Health.Current);
    }

    /** A Job that failed does not run again by being applied (flux-gitless 2.8). */
    private boolean isToBeRepeated(KubeObject object, KubeObject live) {
        return object.group().equals("batch")
                && object.kind().equals("Job")
                && object.annotation(RECREATE).equals(ENABLED)
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
