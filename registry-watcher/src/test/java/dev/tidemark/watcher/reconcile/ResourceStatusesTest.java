package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.partition.SimulatedGroup;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.TestStatuses;
import dev.tidemark.watcher.domain.ResourcePartitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each status has one replica that writes and removes it: whoever owns the image, or where there is none, the name. */
class ResourceStatusesTest {

    private static final int PARTITIONS = 4;
    private static final int SOME = 12;

    private final World world = new World(21);
    private final SimulatedGroup group = new SimulatedGroup(world, Topic.REGISTRY_NOTIFIED, PARTITIONS);
    private final SharedLog log = new SharedLog(world, PARTITIONS);
    private final SimulatedRegistry registry = new SimulatedRegistry(world);
    private final TestResources declared = new TestResources();
    private final TestStatuses statuses = new TestStatuses();
    private final ResourcePartitions partitions = new ResourcePartitions(PARTITIONS);
    private final List<SimulatedWatcher> replicas = new ArrayList<>();

    @AfterEach
    void end() {
        world.end();
    }

    private SimulatedWatcher start(String name) {
        SimulatedWatcher replica =
                new SimulatedWatcher(name, world, group, PARTITIONS, log, registry, 100, declared, statuses);
        replicas.add(replica);
        replica.start();
        settle();
        return replica;
    }

    private void settle() {
        world.pass(Duration.ofSeconds(15));
    }

    private static String repository(int number, String image) {
        return "{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: r" + number
                + ", namespace: apps}, spec: {interval: 1h, image: '" + image + "'}}";
    }

    private static String receiver(int number) {
        return "{apiVersion: notification.toolkit.fluxcd.io/v1, kind: Receiver, metadata: {name: h" + number
                + ", namespace: apps}, spec: {type: generic, secretRef: {name: token}, resources: []}}";
    }

    private void declareSome() {
        declared.declare(
                "{apiVersion: v1, kind: Secret, metadata: {name: token, namespace: apps}, stringData: {token: t}}");
        for (int i = 0; i < SOME; i++) {
            declared.declare(repository(i, i % 3 == 0 ? "ghcr.io/o/a:1" : "ghcr.io/o/app-" + i));
            declared.declare(receiver(i));
        }
    }

    private static ResourceId repository(int number) {
        return new ResourceId("ImageRepository", "apps", "r" + number);
    }

    private static ResourceId hook(int number) {
        return new ResourceId("Receiver", "apps", "h" + number);
    }

    private int partition(int number) {
        return number % 3 == 0
                ? partitions.of(repository(number))
                : partitions.of(new ImageName("ghcr.io/o/app-" + number));
    }

    /** The replica to whom the group has given a partition. */
    private String owner(int partition) {
        return replicas.stream()
                .filter(replica -> group.isOwner(replica.process(), partition))
                .map(SimulatedWatcher::toString)
                .findFirst()
                .orElseThrow();
    }

    private String[] expected(String does) {
        return IntStream.range(0, SOME)
                .boxed()
                .flatMap(i -> List.of(
                        owner(partition(i)) + does + repository(i), owner(partitions.of(hook(i))) + does + hook(i))
                        .stream())
                .toArray(String[]::new);
    }

    @Test
    void onlyTheOwnerWritesAndRemoves() {
        start("one");
        start("two");
        assertThat(owner(0)).isNotEqualTo(owner(PARTITIONS - 1));
        declareSome();
        settle();
        assertThat(statuses.effects()).contains(expected(" writes "));
        assertThat(statuses.effects().stream().distinct()).containsExactlyInAnyOrder(expected(" writes "));
        statuses.forgetEffects();

        for (int i = 0; i < SOME; i++) {
            declared.delete(repository(i));
            declared.delete(hook(i));
        }
        settle();
        assertThat(statuses.effects()).containsExactlyInAnyOrder(expected(" removes "));
    }

    @Test
    void whoTakesAPartitionOverWritesTheStatusesInIt() {
        SimulatedWatcher one = start("one");
        one.process().freeze();
        group.expel(one.process());
        declareSome();
        // nobody was there to say anything of these
        start("two");
        assertThat(statuses.effects()).isNotEmpty().allMatch(effect -> effect.startsWith("two writes "));
        for (int i = 0; i < SOME; i++) {
            assertThat(statuses.find(hook(i), ReceiverStatus.class)).isPresent();
            assertThat(statuses.find(repository(i), ImageRepositoryStatus.class))
                    .isPresent();
        }
    }

    @Test
    void aStatusThatWasLeftBehindGoesWithTheFirstStart() {
        declareSome();
        for (int i = 0; i < 2 * SOME; i++) {
            statuses.put(hook(i), new ReceiverStatus(List.of(), null, 1, null));
            statuses.put(repository(i), scannedOnce(i));
        }
        start("one");
        start("two");
        for (int i = 0; i < 2 * SOME; i++) {
            assertThat(statuses.find(hook(i), ReceiverStatus.class).isPresent()).isEqualTo(i < SOME);
            assertThat(statuses.find(repository(i), ImageRepositoryStatus.class).isPresent())
                    .isEqualTo(i < SOME);
        }
        assertThat(statuses.effects().stream()
                        .filter(effect -> effect.contains(" removes "))
                        .map(effect -> effect.substring(effect.lastIndexOf(' ') + 1))
                        .distinct())
                .hasSize(2 * SOME);
    }

    /** The source tells of it when it is sure, and nothing but the name is known then. */
    @Test
    void aStatusOfWhatWentWhileNobodyLookedGoesWhenTheSourceSaysSo() {
        start("one");
        start("two");
        statuses.put(repository(99), scannedOnce(98));
        statuses.put(hook(99), new ReceiverStatus(List.of(), null, 1, null));
        declared.delete(repository(99));
        declared.delete(hook(99));
        settle();
        assertThat(statuses.effects())
                .containsExactlyInAnyOrder(
                        owner(partitions.of(new ImageName("ghcr.io/o/old-98"))) + " removes " + repository(99),
                        owner(partitions.of(hook(99))) + " removes " + hook(99));
    }

    private static ImageRepositoryStatus scannedOnce(int number) {
        String image = number % 2 == 0 ? "ghcr.io/o/old-" + number : number % 3 == 0 ? "not an image" : null;
        return new ImageRepositoryStatus(List.of(), image, null, null, 1, null);
    }

    /** Its image is another replica's now. */
    @Test
    void aRepositoryThatMovesToAnotherImageMovesToItsOwner() {
        start("one");
        start("two");
        for (int i = 1; i < SOME; i += 3) {
            declared.declare(repository(i, "ghcr.io/o/app-" + i));
        }
        settle();
        statuses.forgetEffects();
        for (int i = 1; i < SOME; i += 3) {
            declared.declare(repository(i, "ghcr.io/o/moved-" + i));
        }
        settle();
        for (int i = 1; i < SOME; i += 3) {
            String owner = owner(partitions.of(new ImageName("ghcr.io/o/moved-" + i)));
            assertThat(statuses.effects()).contains(owner + " writes " + repository(i));
        }
        assertThat(statuses.effects()).hasSize(SOME / 3);
    }

    /** Neither a scan nor a webhook waits for the place where statuses go. */
    @Test
    void scansGoOnWhileNoStatusCanBeWritten() {
        declareSome();
        Feed feed = new Feed(new ImageName("ghcr.io/o/app-1"), "");
        registry.push(feed.image(), "1.0", SimulatedRegistry.digest(1));
        statuses.setAway(true);
        start("one");
        world.pass(Duration.ofMinutes(1));
        assertThat(log.discovered()).contains("1.0");
        assertThat(statuses.effects()).isEmpty();

        statuses.setAway(false);
        world.pass(Duration.ofMinutes(1));
        assertThat(statuses.find(repository(1), ImageRepositoryStatus.class)
                        .orElseThrow()
                        .conditions())
                .extracting(Condition::reason)
                .containsExactly("Succeeded");
        assertThat(statuses.find(hook(1), ReceiverStatus.class)).isPresent();
    }
}
