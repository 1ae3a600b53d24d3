package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Declarations.Changed;
import dev.tidemark.events.Branch;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

    private static final int PARTITIONS = 4;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final List<String> BRANCHES = List.of("one", "two", "three", "a b");

    private final Planner planner = new Planner("local", CrossNamespaceRefs.ALLOWED, (id, fault) -> {});
    private final Manifests manifests = Manifests.of(Manifests.REPOSITORY);
    private final ResourceCache resources = manifests.cache();
    private final Declarations declared = new Declarations(PARTITIONS);

    private static ResourceId id(String name) {
        return new ResourceId("ImageUpdateAutomation", "apps", name);
    }

    /** A name of a branch that is none cannot be planned. */
    private Changed declare(Declarations into, String name, String branch, boolean suspend) {
        manifests.apply(
                Manifests.AUTOMATION.replace("name: auto", "name: " + name).replace("staging", branch) + "  suspend: "
                        + suspend + "\n");
        return plan(into, name);
    }

    private Changed plan(Declarations into, String name) {
        Resource<ImageUpdateAutomationSpec> automation =
                resources.find(Kinds.IMAGE_UPDATE_AUTOMATION, "apps", name).orElseThrow();
        return into.put(automation, planner.plan(automation, resources));
    }

    @Test
    void oneAutomationTouchesTheBranchThatItLeavesAndTheOneThatItComesTo() {
        declare(declared, "a", "one", false);
        declare(declared, "b", "two", false);
        Branch one = new Branch("git.example/org/fleet", "one");
        Branch two = new Branch("git.example/org/fleet", "two");

        Changed changed = declare(declared, "a", "two", false);

        assertThat(changed.branches()).containsExactlyInAnyOrder(one, two);
        assertThat(declared.plans(one)).isEmpty();
        assertThat(declared.version(one)).isEmpty();
        assertThat(declared.plans(two)).extracting(AutomationPlan::name).containsExactly("apps/a", "apps/b");
        assertThat(declare(declared, "a", "two", false)).isEqualTo(Changed.nothing());
    }

    @Test
    void oneThatCannotBePlannedBelongsToThePartitionOfItsName() {
        declare(declared, "a", "a b", false);

        assertThat(declared.notPlanned(id("a"))).isPresent();
        assertThat(declared.speaker(id("a"))).hasValue(declared.partition(id("a").toString()));
        Changed changed = declare(declared, "a", "one", false);
        assertThat(changed.notPlanned()).containsExactly(id("a"));
        assertThat(declared.notPlanned(id("a"))).isEmpty();
        assertThat(declared.speaker(id("a"))).hasValue(declared.partition("git.example/org/fleet#one"));
        declared.remove(id("a"));
        assertThat(declared.speaker(id("a"))).isEmpty();
    }

    /** However it came about, it is what the automations of this moment say. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void isWhatItWouldBeIfAllWerePlannedAnew(long seed) {
        Random random = new Random(seed);
        Set<String> there = new HashSet<>();
        for (int step = 0; step < 200; step++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            if (random.nextInt(3) == 0) {
                manifests.delete(id(name));
                declared.remove(id(name));
                there.remove(name);
            } else {
                declare(declared, name, BRANCHES.get(random.nextInt(BRANCHES.size())), random.nextInt(5) == 0);
                there.add(name);
            }
            Declarations anew = new Declarations(PARTITIONS);
            there.forEach(other -> plan(anew, other));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Changed now = anew.of(partition);
                assertThat(declared.of(partition)).as("seed " + seed).isEqualTo(now);
                for (Branch branch : now.branches()) {
                    assertThat(declared.plans(branch)).as("seed " + seed).isEqualTo(anew.plans(branch));
                }
            }
            NAMES.forEach(other -> {
                assertThat(declared.notPlanned(id(other))).isEqualTo(anew.notPlanned(id(other)));
                assertThat(declared.speaker(id(other))).isEqualTo(anew.speaker(id(other)));
            });
        }
    }
}
