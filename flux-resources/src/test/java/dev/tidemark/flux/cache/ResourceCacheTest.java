package dev.tidemark.flux.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceCacheTest {

    private static final Index<ImagePolicySpec> BY_REPOSITORY =
            new Index<>(Kinds.IMAGE_POLICY, policy -> Set.of(policy.annotation("repository")));

    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final ResourceCache cache = cache(List.of(Kinds.IMAGE_POLICY));

    private ResourceCache cache(Collection<Kind<?>> kinds) {
        return new ResourceCache(kinds, List.of(BY_REPOSITORY), loop::add);
    }

    private void run() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void afterAnyChangesItIsAsOneThatIsBuiltAnew(long seed) {
        Random random = new Random(seed);
        FakeApiServer server = new FakeApiServer(random);
        Map<ResourceId, Resource<?>> mirror = new TreeMap<>();
        var unused = cache.onChange(changes -> changes.forEach(change -> follow(mirror, change)));
        for (int step = 0; step < 400; step++) {
            server.act();
            if (random.nextBoolean()) {
                server.deliver(cache);
            }
            if (random.nextInt(3) == 0) {
                run();
            }
            if (random.nextInt(25) == 0) {
                server.deliverAll(cache);
                run();
                ResourceCache anew = cache(List.of(Kinds.IMAGE_POLICY));
                server.live().values().forEach(anew::upsert);
                assertThat(answers(cache)).isEqualTo(answers(anew));
                assertThat(mirror).isEqualTo(server.live());
            }
        }
        assertThat(server.statusWrites()).isPositive();
    }

    private static void follow(Map<ResourceId, Resource<?>> mirror, Change change) {
        switch (change) {
            case Change.Upserted upserted -> mirror.put(change.id(), upserted.after());
            case Change.Deleted deleted -> mirror.remove(change.id());
        }
    }

    private static List<Object> answers(ResourceCache cache) {
        List<Object> answers = new ArrayList<>();
        answers.add(cache.all(Kinds.IMAGE_POLICY));
        for (int i = 0; i < 6; i++) {
            answers.add(cache.all(Kinds.IMAGE_POLICY, "ns" + i));
            answers.add(cache.all(BY_REPOSITORY, "r" + i));
            answers.add(cache.find(Kinds.IMAGE_POLICY, "ns0", "p" + i));
        }
        return answers;
    }

    @Test
    void aStatusIsNoChange() {
        List<Change> told = new ArrayList<>();
        cache.upsert(policy("a", "1", "r"));
        var unused = cache.onChange(told::addAll);

        cache.upsert(policy("a", "2", "r"));
        run();

        assertThat(told).isEmpty();
        assertThat(cache.find(Kinds.IMAGE_POLICY, "apps", "a")
                        .orElseThrow()
                        .metadata()
                        .resourceVersion())
                .as("whoever writes its status needs it")
                .isEqualTo("2");
    }

    @Test
    void whatHappensWhileNobodyIsToldIsOneChange() {
        List<Change> told = new ArrayList<>();
        Resource<?> first = policy("a", "1", "r1");
        cache.upsert(first);
        var unused = cache.onChange(told::addAll);

        cache.upsert(policy("a", "2", "r2"));
        cache.upsert(policy("a", "3", "r3"));
        run();
        assertThat(told).containsExactly(new Change.Upserted(first, policy("a", "3", "r3")));

        told.clear();
        cache.delete(first.id());
        Resource<?> anew = another("a", "9", "r3");
        cache.upsert(anew);
        run();
        assertThat(told).singleElement().satisfies(change -> {
            assertThat(change).isInstanceOf(Change.Upserted.class);
            assertThat(((Change.Upserted) change).isAnother()).isTrue();
        });
    }

    @Test
    void listenersHearOnTheirLoopAndOneThatFailsKeepsNobodyFromHearing() {
        List<Change> told = new ArrayList<>();
        var failing = cache.onChange(changes -> {
            throw new IllegalStateException("this listener fails");
        });
        var unused = cache.onChange(told::addAll);
        cache.upsert(policy("a", "1", "r"));
        assertThat(told).as("not on the source's thread").isEmpty();

        run();
        assertThat(told).hasSize(1);
        failing.close();
    }

    @Test
    void whatWasNotNamedIsNeitherHeldNorAnswered() {
        cache.upsert(new Resource<>(
                Kinds.NAMESPACE, new Metadata("", "apps", Map.of(), Map.of(), "uid", 1, "1"), new NamespaceContent()));

        assertThatThrownBy(() -> cache.all(Kinds.NAMESPACE)).hasMessageContaining("not among the kinds");
        assertThatThrownBy(() -> cache.find(Kinds.SECRET, "apps", "x")).hasMessageContaining("not among the kinds");
        assertThat(cache.find(new ResourceId("Namespace", "", "apps"))).isEmpty();
    }

    @Test
    void nothingIsGoneBeforeEverythingWasRead() {
        ResourceId id = new ResourceId("ImagePolicy", "apps", "a");
        assertThat(cache.isGone(id)).isFalse();

        cache.completed(absent -> absent.equals(id));

        assertThat(cache.isGone(id)).isTrue();
        assertThat(cache.isGone(new ResourceId("ImagePolicy", "apps", "b"))).isFalse();
        cache.upsert(policy("a", "1", "r"));
        assertThat(cache.isGone(id)).isFalse();
    }

    @Test
    void aResourceThatAnIndexCannotReadIsFoundByItsName() {
        Index<ImagePolicySpec> broken = new Index<>(Kinds.IMAGE_POLICY, policy -> {
            throw new IllegalStateException("unreadable");
        });
        ResourceCache with = new ResourceCache(List.of(Kinds.IMAGE_POLICY), List.of(broken), loop::add);

        with.upsert(policy("a", "1", "r"));

        assertThat(with.all(Kinds.IMAGE_POLICY)).hasSize(1);
        assertThat(with.all(broken, "r")).isEmpty();
    }

    private static Resource<ImagePolicySpec> policy(String name, String version, String repository) {
        return policy(name, "uid-" + name, version, repository);
    }

    private static Resource<ImagePolicySpec> another(String name, String version, String repository) {
        return policy(name, "another-" + name, version, repository);
    }

    private static Resource<ImagePolicySpec> policy(String name, String uid, String version, String repository) {
        return new Resource<>(
                Kinds.IMAGE_POLICY,
                new Metadata("apps", name, Map.of(), Map.of("repository", repository), uid, 1, version),
                new ImagePolicySpec(
                        new ImagePolicySpec.RepositoryRef("app", null),
                        new ImagePolicySpec.Choice(null, null, null),
                        null,
                        null,
                        null,
                        false));
    }
}
