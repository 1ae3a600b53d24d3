package dev.tidemark.renderer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSetStatus;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.Inventory;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.status.SetStatusRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No object is ever where nobody knows of it: what a set may have applied is stored before, and outlives its object. */
class StoredInventoryTest {

    private static final ResourceId SET = new ResourceId("ResourceSet", "apps", "app");

    private final Renderers renderers = new Renderers(1);
    private final MemoryStore objects = new MemoryStore(renderers.world);

    private int unknown;

    @AfterEach
    void end() {
        renderers.close();
        assertThat(unknown).as("objects that were applied and not stored").isZero();
    }

    private Renderers.One replica(String name) {
        return renderers.replica(name, new Watched(), objects::owners);
    }

    private static Resource<ResourceSetSpec> set(String uid, String... names) {
        String all = List.of(names).stream()
                .map("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: apps}}"::formatted)
                .collect(Collectors.joining(", "));
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: apps, uid: %s}
                spec: {resources: [%s]}
                """.formatted(uid, all));
    }

    /** One whose run is refused before anything is applied. */
    private static Resource<ResourceSetSpec> refused(String uid) {
        return Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: app, namespace: apps, uid: %s}
                spec: {resourcesTemplate: "<< nosuchfunction >>"}
                """.formatted(uid));
    }

    @Test
    void isStoredBeforeAnythingIsApplied() {
        var one = replica("one");

        one.declare(set("first", "a", "b"));
        renderers.world.settle();
        one.declare(set("first", "b", "c"));
        renderers.world.settle();

        assertThat(names()).containsExactly("b", "c");
        assertThat(stored().versions()).hasSize(2);
    }

    /** Also not when it is tried again, and what was said in the first try has not been stored yet. */
    @Test
    void whereItCannotBeStoredNothingNewIsApplied() {
        var one = replica("one");
        one.declare(set("first", "a"));
        renderers.world.settle();
        renderers.statuses.full = true;

        one.declare(set("first", "a", "b"));
        renderers.world.pass(Duration.ofMinutes(10));

        assertThat(names()).containsExactly("a");
        assertThat(renderers.events())
                .filteredOn(Event.UpdateFailed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Event.UpdateFailed.class, failed -> assertThat(failed.message())
                        .contains("inventory"));

        renderers.statuses.full = false;
        renderers.world.pass(Duration.ofMinutes(2));
        assertThat(names()).containsExactly("a", "b");
        assertThat(ready().status()).isEqualTo("True");
    }

    /** It is stored still, but what was said last takes it out. */
    @Test
    void whatWasSaidToBeGoneIsStoredAnewBeforeItIsApplied() {
        var one = replica("one");
        one.declare(set("first", "a", "b"));
        renderers.world.settle();
        renderers.statuses.full = true;
        one.declare(set("first", "a"));
        renderers.world.settle();

        one.declare(set("first", "a", "b"));
        renderers.world.settle();
        assertThat(names()).containsExactly("a");

        one.declare();
        renderers.world.pass(Duration.ofSeconds(30));
        one.declare(set("second", "a"));
        renderers.world.settle();
        assertThat(names()).isEmpty();

        renderers.statuses.full = false;
        renderers.world.pass(Duration.ofMinutes(2));
        assertThat(names()).containsExactly("a");
    }

    /** What is said of it comes to nothing, at once. */
    @Test
    void whereTheSetIsGoneNothingIsApplied() {
        var one = replica("one");
        renderers.statuses.gone = true;

        one.declare(set("first", "a"));
        renderers.world.pass(Duration.ofSeconds(10));

        assertThat(objects.applied).isZero();
    }

    @Test
    void whoLosesTheSetWhileItWaitsAppliesNothing() {
        var one = replica("one");
        renderers.world.settle();
        renderers.statuses.full = true;
        one.declare(set("first", "a"));
        renderers.world.pass(Duration.ofSeconds(2));

        renderers.group.expel(one.process);
        renderers.world.pass(SetStatus.STORE_LIMIT);

        assertThat(objects.applied).isZero();
    }

    /** The log has the update once, also where the status that says so is not stored yet. */
    @Test
    void aRunRightAfterAnotherKnowsWhatItCameTo() {
        var one = replica("one");
        one.declare(set("first", "a", "b"));
        renderers.world.settle();
        renderers.statuses.full = true;
        one.declare(set("first", "a"));
        renderers.world.settle();
        assertThat(renderers.events()).hasSize(2);

        one.work.begin(0);
        one.work.begin(1);
        renderers.world.settle();

        assertThat(renderers.events()).hasSize(2);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void isTakenOverByAnotherObjectOfTheName() {
        var one = replica("one");
        one.declare(set("first", "a", "b"));
        renderers.world.settle();

        one.declare(set("second", "a"));
        renderers.world.settle();

        assertThat(names()).containsExactly("a");
        assertThat(stored().versions()).hasSize(1);
    }

    @Test
    void isTakenOverAlsoByOneThatIsRefusedAtFirst() {
        var one = replica("one");
        one.declare(set("first", "a", "b"));
        renderers.world.settle();

        one.declare(refused("second"));
        renderers.world.settle();
        assertThat(ready().reason()).isEqualTo("BuildFailed");
        assertThat(names()).containsExactly("a", "b");

        one.declare(set("second", "a"));
        renderers.world.settle();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void isDeletedWithAnotherObjectThatWasNeverWell() {
        var one = replica("one");
        one.declare(set("first", "a", "b"));
        renderers.world.settle();
        one.declare(refused("second"));
        renderers.world.settle();

        one.declare();
        renderers.world.settle();

        assertThat(names()).isEmpty();
        assertThat(renderers.statuses.find(SET, ResourceSetStatus.class)).isEmpty();
    }

    @Test
    void aStatusWithoutObjectsThatWasLeftBehindGoes() {
        var one = replica("one");
        one.declare(set("first"));
        renderers.world.settle();
        assertThat(stored().isEmpty()).isTrue();
        one.work.close();

        replica("two");
        renderers.world.settle();

        assertThat(renderers.statuses.find(SET, ResourceSetStatus.class)).isEmpty();
    }

    private List<String> names() {
        return objects.objects.keySet().stream().map(ObjectId::name).sorted().toList();
    }

    private Inventory stored() {
        return renderers
                .statuses
                .find(SET, ResourceSetStatus.class)
                .map(SetStatusRule::inventory)
                .orElse(Inventory.EMPTY);
    }

    private Condition ready() {
        return renderers.statuses.find(SET, ResourceSetStatus.class).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    /** Counts what the stored inventory does not have when it is applied. */
    private final class Watched implements ObjectStore, ObjectAccess {

        @Override
        public ObjectAccess on(SetTerms terms) {
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
            unknown += stored().versions().containsKey(object.id()) ? 0 : 1;
            return objects.apply(object, live);
        }

        @Override
        public Optional<KubeObject> find(ObjectId id) {
            return objects.find(id);
        }

        @Override
        public void delete(KubeObject live) {
            objects.delete(live);
        }

        @Override
        public String leftOut(ResourceSetSpec spec) {
            return objects.leftOut(spec);
        }
    }
}
