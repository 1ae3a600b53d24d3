package dev.tidemark.committer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.runtime.log.TopicScan;
import dev.tidemark.testkit.FluxObjects;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.HeldPushes;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two packaged replicas, of which each is killed once and paused once while a push is at the server, in an order that a seed
 * draws; selections come twice and late, and somebody else pushes to the branch. At the end it is as if all had come one after
 * the other. {@code -Dtidemark.push-faults.seed=N} draws another order.
 */
class PushFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SEED = "tidemark.push-faults.seed";
    private static final String FILE = "apps.yaml";
    private static final String BRANCH = "staging";
    private static final String REPOSITORY = "fleet.git";
    private static final String OURS = "\ntidemark-selections ";
    private static final String IMAGE = "ghcr.io/my-org/";
    private static final List<String> APPS = List.of("web", "api");

    private static final String GIT = "commit: {author: {name: bot, email: bot@example.org},"
            + " messageTemplate: '{{range .Changed.Changes}}{{println .NewValue}}{{end}}'}, push: {branch: " + BRANCH
            + "}";

    private enum Harm {
        KILLED,
        PAUSED
    }

    private record Fault(int replica, Harm harm) {}

    @TempDir
    private Path folder;

    private final Random random = new Random(Long.getLong(SEED, 1));
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<String> theirs = new ArrayList<>();
    private final PackagedCommitter[] replicas = new PackagedCommitter[2];

    @Test
    void theEndIsThatOfOneAfterTheOther() throws Exception {
        GitRemote remote = GitRemote.create(folder, "fleet");
        StringBuilder file = new StringBuilder();
        APPS.forEach(app -> file.append("""
                NAME:
                  image: ghcr.io/my-org/NAME:1.0.0  # {"$imagepolicy": "apps:NAME"}
                """.replace("NAME", app)));
        String unused = remote.commit("main", "begin", Map.of(FILE, file.toString()));
        try (TestBroker broker = TestBroker.start();
                GitHttpServer server = GitHttpServer.start(folder)) {
            manifests(server);
            start(broker, 0);
            // it makes the topics
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(replicas[0].output()).contains("Listening on"));
            start(broker, 1);
            LogClients clients =
                    LogClients.at(broker.bootstrapServers(), new LogSettings(1, (short) 1, Duration.ofDays(1)));
            try (Producer<String, @Nullable Envelope<?>> log = clients.eventWriter("test")) {
                for (String app : APPS) {
                    select(log, app);
                    awaitShown(remote, app);
                }
                for (Fault fault : faults()) {
                    happens(fault, broker, server, remote, log);
                }
            }
            verify(remote, clients);
        } finally {
            for (PackagedCommitter replica : replicas) {
                replica.close();
            }
        }
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int replica = 0; replica < replicas.length; replica++) {
            for (Harm harm : Harm.values()) {
                faults.add(new Fault(replica, harm));
            }
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    /** One of the two has the branch: each is harmed in both ways, so that its owner is. */
    private void happens(
            Fault fault,
            TestBroker broker,
            GitHttpServer server,
            GitRemote remote,
            Producer<String, @Nullable Envelope<?>> log)
            throws Exception {
        PackagedCommitter harmed = replicas[fault.replica()];
        try (HeldPushes pushes = server.holdPushes(REPOSITORY)) {
            select(log, "web");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pushes.arrived()).isPositive());
            if (random.nextBoolean()) {
                somebodyPushes(remote);
            }
            switch (fault.harm()) {
                case KILLED -> harmed.close();
                case PAUSED -> harmed.pause();
            }
            if (random.nextBoolean()) {
                select(log, "api");
            }
        }
        somebodyPushes(remote);
        for (String app : APPS) {
            awaitShown(remote, app);
        }
        switch (fault.harm()) {
            case KILLED -> start(broker, fault.replica());
            case PAUSED -> harmed.resume();
        }
        if (random.nextBoolean()) {
            send(log, "web", sequences.getOrDefault("web", 0L) - 1);
        }
        select(log, "web");
        awaitShown(remote, "web");
    }

    private void somebodyPushes(GitRemote remote) {
        String name = "theirs-" + theirs.size();
        // a person whose push is refused fetches and tries again
        await().atMost(LIMIT)
                .ignoreExceptionsMatching(
                        refused -> String.valueOf(refused.getMessage()).contains("rejected"))
                .untilAsserted(() -> assertThat(remote.commit(BRANCH, "somebody's", Map.of(name, name)))
                        .isNotEmpty());
        theirs.add(name);
    }

    private void verify(GitRemote remote, LogClients clients) {
        List<String> ids = remote.git("rev-list", "--reverse", BRANCH).lines().toList();
        Set<String> ours = new HashSet<>();
        Map<String, List<Long>> written = new HashMap<>();
        for (String id : ids) {
            String commit = remote.git("cat-file", "commit", id);
            if (commit.contains(OURS)) {
                ours.add(id);
                commit.lines().filter(line -> line.startsWith(IMAGE)).forEach(line -> {
                    String[] parts = line.substring(IMAGE.length()).split("[:.]", -1);
                    written.computeIfAbsent(parts[0], app -> new ArrayList<>()).add(Long.valueOf(parts[2]));
                });
            }
        }
        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(APPS);
        written.forEach((app, versions) -> {
            assertThat(versions).as("never backwards").isSorted();
            assertThat(versions).as("never twice").doesNotHaveDuplicates();
        });
        assertThat(theirs).as("nothing of others is lost").allSatisfy(name -> assertThat(remote.read(BRANCH, name))
                .isEqualTo(name));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(recorded(clients))
                .as("commits that the log knows")
                .containsAll(ours));
        remote.git("fsck", "--strict");
    }

    private static Set<String> recorded(LogClients clients) {
        Set<String> found = new HashSet<>();
        new TopicScan(clients, "test").read(Topic.UPDATE_APPLIED, List.of(0), (key, envelope) -> {
            if (envelope != null && envelope.event() instanceof Committed committed) {
                found.add(committed.commit());
            }
        });
        return found;
    }

    private void manifests(GitHttpServer server) throws IOException {
        FluxObjects manifests = FluxObjects.in("apps")
                .gitRepository("fleet", server.url(REPOSITORY))
                .automation("fleet", "fleet", GIT);
        APPS.forEach(manifests::imagePolicy);
        Path declared = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(declared.resolve("all.yaml"), manifests.text());
    }

    private void start(TestBroker broker, int replica) {
        replicas[replica] = PackagedCommitter.start(
                broker.bootstrapServers(), 1, folder.resolve("manifests"), folder.resolve("state-" + replica));
    }

    /** The next version of an app; often twice. */
    private void select(Producer<String, @Nullable Envelope<?>> log, String app) throws Exception {
        long sequence = sequences.merge(app, 1L, Long::sum);
        send(log, app, sequence);
        if (random.nextBoolean()) {
            send(log, app, sequence);
        }
    }

    private static void send(Producer<String, @Nullable Envelope<?>> log, String app, long sequence) throws Exception {
        Instant now = Instant.now();
        Envelope<TagSelected> selection = Envelope.first(
                new TagSelected(
                        new Target("local", "ImagePolicy", "apps", app),
                        new ImageName(IMAGE + app),
                        IMAGE + app,
                        List.of(new SelectedTag("1." + sequence + ".0", null)),
                        List.of(),
                        sequence,
                        now),
                "policy-evaluator",
                now);
        var unused = log.send(new ProducerRecord<>(Topic.TAG_SELECTED.topicName(), selection.key(), selection))
                .get();
    }

    private void awaitShown(GitRemote remote, String app) {
        String image = "image: " + IMAGE + app + ":1." + sequences.getOrDefault(app, 0L) + ".0 ";
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(remote.branches()).contains(BRANCH);
            assertThat(remote.read(BRANCH, FILE)).as(this::output).contains(image);
        });
    }

    private String output() {
        return replicas[0].output() + "\n---\n" + replicas[1].output();
    }
}
