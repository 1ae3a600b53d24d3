package dev.tidemark.renderer.domain.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.render.RenderedStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Objects that live: what is asked of them, in which order, and what is not. */
class ApplierTest {

    private static final Owner OWNER = new Owner("apps", "set");
    private static final SetTerms TERMS = SetTerms.unknown(OWNER);
    private static final Map<String, Object> ESTABLISHED =
            Map.of("conditions", List.of(Map.of("type", "Established", "status", "True")));

    private final LiveObjects objects = new LiveObjects();
    private final Remembered remembered = new Remembered();
    private Inventory before = Inventory.EMPTY;

    @Test
    void whatIsAppliedAndUntouchedCostsALook() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"));
        objects.news();

        assertThat(looking(config("a", "1"), config("b", "1"))).isEqualTo(applied());
        assertThat(objects.news()).containsExactly("find ConfigMap/apps/a", "find ConfigMap/apps/b");
    }

    @Test
    void andNothingWhereNobodyWantsToKnow() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"));
        objects.news();

        assertThat(trusting(config("a", "1"), config("b", "2"))).isEqualTo(applied("ConfigMap/apps/b configured"));
        assertThat(objects.news()).containsExactly("apply ConfigMap/apps/b");
    }

    @Test
    void severalAreLookedAtAndTriedBeforeOneIsApplied() throws InterruptedException {
        looking(config("a", "1"), config("b", "1"));
        objects.news();

        trusting(config("a", "2"), config("b", "2"));
        assertThat(objects.news())
                .containsExactly(
                        "find ConfigMap/apps/a",
                        "find ConfigMap/apps/b",
                        "check ConfigMap/apps/a",
                        "check ConfigMap/apps/b",
                        "apply ConfigMap/apps/a",
                        "apply ConfigMap/apps/b");
    }

    @Test
    void whatWasDeletedUnseenIsMadeAnew() throws InterruptedException {
        looking(config("a", "1"));
        objects.lose(config("a", "1").id());

        assertThat(trusting(config("a", "2"))).isEqualTo(applied("ConfigMap/apps/a created"));
    }

    @Test
    void whatIsRefusedUnseenIsLookedAt() throws InterruptedException {
        looking(config("a", "1"));
        objects.news();
        objects.refused.add("a");

        assertThat(trusting(config("a", "2")))
                .isInstanceOfSatisfying(Applier.Outcome.Failed.class, failed -> assertThat(failed.message())
                        .isEqualTo("ConfigMap/apps/a is refused"));
        assertThat(objects.news())
                .containsExactly("apply ConfigMap/apps/a", "find ConfigMap/apps/a", "apply ConfigMap/apps/a");
    }

    @Test
    void whatSomebodyChangedIsCorrectedByTheNextRunThatLooks() throws InterruptedException {
        looking(config("a", "1"));
        objects.touch(config("a", "1").id());

        assertThat(trusting(config("a", "1"))).isEqualTo(applied());
        assertThat(looking(config("a", "1"))).isEqualTo(applied("ConfigMap/apps/a configured"));
        assertThat(looking(config("a", "1"))).isEqualTo(applied());
    }

    @Test
    void aStatusIsNoChangeOfOurs() throws InterruptedException {
        looking(config("a", "1"));
        objects.status(config("a", "1").id(), Map.of("seen", true));

        assertThat(looking(config("a", "1"))).isEqualTo(applied());
    }

    @Test
    void anotherObjectUnderTheNameIsAppliedAgain() throws InterruptedException {
        looking(config("a", "1"));
        objects.lose(config("a", "1").id());

        assertThat(looking(config("a", "1"))).isEqualTo(applied("ConfigMap/apps/a created"));
    }

    @Test
    void ofAStageNothingIsAppliedWhileOneWouldBeRefused() throws InterruptedException {
        objects.refused.add("b");

        assertThat(looking(config("a", "1"), config("b", "1"), namespace()))
                .isInstanceOfSatisfying(Applier.Outcome.Failed.class, failed -> {
                    assertThat(failed.message()).isEqualTo("ConfigMap/apps/b is refused");
                    assertThat(failed.inventory()).isEqualTo(Inventory.of(List.of(namespace())));
                });
        assertThat(objects.ids()).containsExactly(namespace().id());
    }

    @Test
    void definitionsAreHealthyBeforeTheRestIsApplied() throws InterruptedException {
        KubeObject thing = object("{apiVersion: example.com/v1, kind: Thing, metadata: {name: t, namespace: apps}}");

        assertThat(looking(thing, definition())).isInstanceOfSatisfying(Applier.Outcome.Waiting.class, waiting -> {
            assertThat(waiting.message()).contains("CustomResourceDefinition/things.example.com: it is not");
            assertThat(waiting.timeout()).isEqualTo(Duration.ofSeconds(60));
            assertThat(waiting.changes()).hasSize(1);
        });
        assertThat(objects.ids()).containsExactly(definition().id());
        objects.status(definition().id(), ESTABLISHED);
        objects.news();

        assertThat(trusting(thing, definition())).isEqualTo(applied("Thing/apps/t created"));
        assertThat(objects.news())
                .containsExactly(
                        "find CustomResourceDefinition/things.example.com", "find Thing/apps/t", "apply Thing/apps/t");
        assertThat(trusting(thing, definition())).isEqualTo(applied());
        assertThat(objects.news()).isEmpty();
    }

    @Test
    void aStepBeginsWhenTheOneBeforeIsHealthy() throws InterruptedException {
        WaitRules rules = new WaitRules(false, Duration.ofMinutes(5), Map.of("first", Duration.ofMinutes(1)));
        List<RenderedStep> steps = List.of(
                new RenderedStep("first", List.of(job())), new RenderedStep("second", List.of(config("a", "1"))));

        assertThat(run(steps, rules, false)).isInstanceOfSatisfying(Applier.Outcome.Waiting.class, waiting -> {
            assertThat(waiting.what()).isEqualTo("step first");
            assertThat(waiting.timeout()).isEqualTo(Duration.ofMinutes(1));
        });
        assertThat(objects.ids()).containsExactly(job().id());

        objects.status(job().id(), condition("Failed"));
        assertThat(run(steps, rules, true))
                .isInstanceOfSatisfying(Applier.Outcome.Failed.class, failed -> assertThat(failed.message())
                        .isEqualTo("not healthy: Job/apps/j: because"));

        objects.status(job().id(), condition("Complete"));
        assertThat(run(steps, rules, true)).isInstanceOf(Applier.Outcome.Applied.class);
        assertThat(objects.ids()).contains(config("a", "1").id());
    }

    @Test
    void theLastStepIsWaitedForWhenItIsAskedFor() throws InterruptedException {
        List<RenderedStep> steps = List.of(new RenderedStep("", List.of(job())));

        assertThat(run(steps, new WaitRules(false, Duration.ofMinutes(5), Map.of()), false))
                .isInstanceOf(Applier.Outcome.Applied.class);
        assertThat(run(steps, new WaitRules(true, Duration.ofMinutes(5), Map.of()), false))
                .isInstanceOf(Applier.Outcome.Waiting.class);
    }

    @Test
    void aJobThatFailedRunsAgainWhereThatIsAskedFor() throws InterruptedException {
        KubeObject repeated =
                job().with(OWNER.labels(false), Map.of("fluxcd.controlplane.io/recreateOnFailure", "enabled"));
        looking(repeated);
        objects.status(repeated.id(), condition("Failed"));
        objects.news();

        assertThat(looking(repeated)).isEqualTo(applied("Job/apps/j created"));
        assertThat(objects.news()).containsExactly("find Job/apps/j", "delete Job/apps/j", "apply Job/apps/j");
    }

    @Test
    void whatLeftTheSetGoesUnlessItIsNotOurs() throws InterruptedException {
        KubeObject ours = config("ours", "1").with(OWNER.labels(false), Map.of());
        before = Inventory.of(List.of(ours, config("other", "1")));
        objects.apply(ours, Optional.empty());
        objects.apply(config("other", "1"), Optional.empty());

        assertThat(looking()).isEqualTo(applied("ConfigMap/apps/ours deleted"));
        assertThat(objects.ids()).containsExactly(config("other", "1").id());
    }

    private Applier.Outcome looking(KubeObject... all) throws InterruptedException {
        return run(List.of(new RenderedStep("", List.of(all))), WaitRules.NONE, false);
    }

    private Applier.Outcome trusting(KubeObject... all) throws InterruptedException {
        return run(List.of(new RenderedStep("", List.of(all))), WaitRules.NONE, true);
    }

    private Applier.Outcome run(List<RenderedStep> steps, WaitRules rules, boolean trusting)
            throws InterruptedException {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Applier.Outcome outcome = new Applier(objects, clock)
                .apply(new Applier.Wanted(TERMS, steps, rules, before), remembered, trusting, () -> true);
        if (outcome instanceof Applier.Outcome.Applied(Inventory inventory, List<String> changes)) {
            before = inventory;
            return new Applier.Outcome.Applied(Inventory.EMPTY, changes);
        }
        return outcome;
    }

    private static Applier.Outcome applied(String... changes) {
        return new Applier.Outcome.Applied(Inventory.EMPTY, List.of(changes));
    }

    private static Map<String, Object> condition(String type) {
        return Map.of("conditions", List.of(Map.of("type", type, "status", "True", "message", "because")));
    }

    private static KubeObject config(String name, String value) {
        return object("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: apps}, data: {k: '%s'}}"
                .formatted(name, value));
    }

    private static KubeObject namespace() {
        return object("{apiVersion: v1, kind: Namespace, metadata: {name: apps}}");
    }

    private static KubeObject job() {
        return object("{apiVersion: batch/v1, kind: Job, metadata: {name: j, namespace: apps}}");
    }

    private static KubeObject definition() {
        return object("{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition,"
                + " metadata: {name: things.example.com}}");
    }

    private static KubeObject object(String yaml) {
        return Samples.object(yaml);
    }
}
