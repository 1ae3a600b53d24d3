package dev.tidemark.committer.reconcile;

import static dev.tidemark.committer.reconcile.Replica.FILE;
import static dev.tidemark.committer.reconcile.Replica.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.BranchPlans;
import dev.tidemark.committer.domain.Declarations;
import dev.tidemark.committer.domain.Manifests;
import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.events.Branch;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.runtime.resources.CountedResources;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change costs what it concerns, counted in plans, in resources that are looked at and in runs; however much there is. */
class ChangeCostTest {

    private final Manifests manifests = Manifests.of(Manifests.REPOSITORY);
    private final Committers committers = new Committers(3, manifests);

    @AfterEach
    void end() {
        committers.world.end();
    }

    /** So many automations, each with a branch and a namespace of its own but for the first two, and as many policies. */
    private CountedResources started(int count) {
        committers.remote.commit(Committers.MAIN, Map.of(FILE, file("web-0", "v0")));
        for (int i = 0; i < count; i++) {
            manifests.apply(automation(i, "b" + i));
            manifests.apply(policy(i, "{}", "alphabetical"));
        }
        Committers.Member process = committers.start("a");
        committers.world.settle();
        assertThat(process.controller.problem()).isEmpty();
        assertThat(process.counted.found(Kinds.GIT_REPOSITORY)).isEqualTo(count);
        process.counted.reset();
        committers.remote.fetches = 0;
        return process.counted;
    }

    private static String namespace(int i) {
        return i < 2 ? "apps" : "team-" + i;
    }

    private static String automation(int i, String branch) {
        return Committers.automation(branch)
                .replace("name: auto-" + branch, "name: auto-" + i)
                .replace("namespace: apps", "namespace: " + namespace(i))
                .replace("name: fleet", "name: fleet, namespace: apps");
    }

    private static String policy(int i, String labels, String order) {
        return Manifests.policy("web-" + i)
                .replace("namespace: apps", "namespace: " + namespace(i) + ", labels: " + labels)
                .replace("alphabetical", order);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void oneChangedAutomationIsOnePlanAndOneRun(int count) {
        CountedResources counted = started(count);

        manifests.apply(automation(0, "b0") + "  update: {path: ./x, strategy: Setters}\n");
        committers.world.settle();

        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isEqualTo(1);
        assertThat(committers.remote.fetches).isEqualTo(1);
        assertThat(counted.listed())
                .as("the two policies of its namespace, at each reading")
                .isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void anAutomationThatMovesTouchesTwoBranches(int count) {
        CountedResources counted = started(count);
        int clones = committers.processes.getFirst().clones.size();

        manifests.apply(automation(0, "elsewhere"));
        committers.world.settle();

        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isEqualTo(1);
        assertThat(committers.remote.fetches).isEqualTo(1);
        assertThat(committers.processes.getFirst().clones).hasSize(clones + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void ofAPolicyOnlyItsLabelsConcernAutomationsAndOnlyThoseOfItsNamespace(int count) {
        CountedResources counted = started(count);
        committers.select("web-0", "v0", 1);
        committers.world.settle();
        counted.reset();
        committers.remote.fetches = 0;

        manifests.apply(policy(0, "{}", "numerical"));
        committers.world.settle();
        assertThat(counted.listed()).isZero();

        manifests.apply(policy(0, "{team: shop}", "numerical"));
        committers.world.settle();
        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isZero();
        assertThat(counted.listed()).isEqualTo(2);
        assertThat(committers.remote.fetches)
                .as("whoever selects all of them, selects it as before")
                .isZero();

        manifests.delete(new ResourceId("ImagePolicy", "apps", "web-0"));
        committers.world.settle();
        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isZero();
        assertThat(committers.remote.fetches).isEqualTo(2);
    }

    /** Whoever annotates a GitRepository changes nothing that is written. */
    @Test
    void aGitRepositoryIsThePlansOfItsAutomationsAndNoRunWhereTheyStayTheSame() {
        CountedResources counted = started(20);
        manifests.apply(Manifests.REPOSITORY.replace("name: fleet", "name: unused"));
        committers.world.settle();
        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isZero();

        manifests.apply(Manifests.REPOSITORY.replace(
                "{name: fleet, namespace: apps}", "{name: fleet, namespace: apps, annotations: {a: b}}"));
        committers.world.settle();

        assertThat(counted.found(Kinds.GIT_REPOSITORY)).isEqualTo(20);
        assertThat(committers.remote.fetches).isZero();
    }

    /** A thousand automations and a thousand policies of one namespace, on one branch. */
    @Test
    void automationsWithTheSameSelectorShareItsAnswer() {
        for (int i = 0; i < 1000; i++) {
            manifests.apply(Manifests.AUTOMATION.replace("name: auto", "name: auto-" + i));
            manifests.apply(Manifests.policy("web-" + i));
        }
        CountedResources counted = new CountedResources(manifests.cache());
        Planner planner = new Planner("local", CrossNamespaceRefs.ALLOWED, (id, fault) -> {});
        Plans plans =
                new Plans(planner, counted, target -> Optional.of(MemoryLog.selection(target.name(), "v1", 1)), 1);
        counted.all(Kinds.IMAGE_UPDATE_AUTOMATION).forEach(automation -> {
            var unused = plans.plan(automation.id());
        });
        counted.reset();

        BranchPlans now = plans.of(new Branch("git.example/org/fleet", "staging"));

        assertThat(now.plans()).hasSize(1000).allSatisfy(plan -> assertThat(plan.policies())
                .hasSize(1000));
        assertThat(counted.listed()).isEqualTo(1000);
    }

    @Test
    void automationsBeyondTheLimitWaitUntilOthersGo() {
        ResourceCache resources =
                Manifests.of(Manifests.REPOSITORY, Manifests.AUTOMATION).cache();
        Resource<ImageUpdateAutomationSpec> first =
                resources.all(Kinds.IMAGE_UPDATE_AUTOMATION).getFirst();
        Plans plans = new Plans(
                new Planner("local", CrossNamespaceRefs.ALLOWED, (id, fault) -> {}),
                resources,
                target -> Optional.empty(),
                1);
        for (int i = 0; i <= Declarations.MAX_AUTOMATIONS; i++) {
            Resource<ImageUpdateAutomationSpec> automation = named(first, "auto-" + i);
            resources.upsert(automation);
            var unused = plans.plan(automation.id());
        }
        ResourceId last = named(first, "auto-" + Declarations.MAX_AUTOMATIONS).id();
        assertThat(plans.leftOut()).isEqualTo(1);
        assertThat(plans.speaker(last)).isEmpty();

        ResourceId gone = named(first, "auto-7").id();
        resources.delete(gone);
        assertThat(plans.plan(gone).branches()).isNotEmpty();

        assertThat(plans.leftOut()).isZero();
        assertThat(plans.speaker(last)).isPresent();
    }

    private static Resource<ImageUpdateAutomationSpec> named(
            Resource<ImageUpdateAutomationSpec> automation, String name) {
        return new Resource<>(
                automation.kind(), new Metadata("apps", name, Map.of(), Map.of(), name, 1, "1"), automation.spec());
    }
}
