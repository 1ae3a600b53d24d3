package dev.tidemark.committer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.testkit.FluxObjects;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.HeldPushes;
import dev.tidemark.testkit.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service and a Git server that holds the pushes to one repository for as long as a test says. One partition,
 * and in it two branches of that repository and two of another: what could keep one another waiting is together.
 */
class HeldPushIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FILE = "apps.yaml";
    private static final List<String> APPS = List.of("web", "api", "db");
    private static final List<String> BRANCHES = List.of("staging", "production");
    private static final String HELD = "held.git";

    private static final String GIT = "commit: {author: {name: bot, email: bot@example.org},"
            + " messageTemplate: '{{range .Changed.Changes}}{{println .NewValue}}{{end}}'}, push: {branch: BRANCH}";

    private static TestBroker broker;
    private static GitHttpServer server;
    private static GitRemote held;
    private static GitRemote free;
    private static PackagedCommitter committer;
    private static Producer<String, @Nullable Envelope<?>> log;
    private static int selections;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        broker = TestBroker.start();
        server = GitHttpServer.start(folder);
        held = remote(folder, "held");
        free = remote(folder, "free");
        FluxObjects manifests = FluxObjects.in("apps");
        APPS.forEach(manifests::imagePolicy);
        for (String name : List.of("held", "free")) {
            manifests.gitRepository(name, server.url(name + ".git"));
            BRANCHES.forEach(branch -> manifests.automation(name + '-' + branch, name, GIT.replace("BRANCH", branch)));
        }
        Path declared = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(declared.resolve("all.yaml"), manifests.text());
        committer = PackagedCommitter.start(broker.bootstrapServers(), 1, declared, folder.resolve("state"));
        // it makes the topics
        await().atMost(LIMIT).untilAsserted(() -> assertThat(committer.output()).contains("Listening on"));
        log = LogClients.at(broker.bootstrapServers(), new LogSettings(1, (short) 1, Duration.ofDays(1)))
                .eventWriter("test");
        for (String app : APPS) {
            String image = select(app);
            awaitShown(held, image);
            awaitShown(free, image);
        }
    }

    private static GitRemote remote(Path folder, String name) {
        GitRemote remote = GitRemote.create(folder, name);
        StringBuilder file = new StringBuilder();
        APPS.forEach(app -> file.append("""
                NAME:
                  image: ghcr.io/my-org/NAME:1.0.0  # {"$imagepolicy": "apps:NAME"}
                """.replace("NAME", app)));
        String unused = remote.commit("main", "begin", Map.of(FILE, file.toString()));
        return remote;
    }

    @AfterAll
    static void stop() {
        log.close();
        committer.close();
        server.close();
        broker.close();
    }

    @Test
    void aSlowRepositoryKeepsNoOtherBranchWaiting() throws Exception {
        String last = "";
        try (HeldPushes pushes = server.holdPushes(HELD)) {
            String first = select("web");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(pushes.arrived())
                    .as("branches of the repository that do not wait for one another")
                    .isEqualTo(BRANCHES.size()));
            for (int update = 0; update < 5; update++) {
                last = select("web");
                awaitShown(free, last);
            }
            assertThat(pushes.arrived()).as("one push to a branch at a time").isEqualTo(BRANCHES.size());
            assertThat(BRANCHES)
                    .allSatisfy(branch -> assertThat(held.read(branch, FILE)).doesNotContain(first));
        }
        awaitShown(held, last);
    }

    /**
     * The first tag waits for no other: its push is there before another is selected. That it waits for no time either is
     * BranchControllerTest's, where time stands still.
     */
    @Test
    void whatArrivesDuringAPushIsOneMorePush() throws Exception {
        long before = server.pushes(HELD);
        String first;
        List<String> last;
        try (HeldPushes pushes = server.holdPushes(HELD)) {
            first = select("web");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pushes.arrived()).isEqualTo(BRANCHES.size()));
            String unused = select("api");
            last = List.of(select("db"), select("web"), select("api"));
            // the same table has them for all branches
            last.forEach(image -> awaitShown(free, image));
        }
        last.forEach(image -> awaitShown(held, image));

        assertThat(server.pushes(HELD) - before).as("two pushes to each branch").isEqualTo(2L * BRANCHES.size());
        for (String branch : BRANCHES) {
            List<String> messages = held.messages(branch);
            assertThat(messages.get(1).lines()).containsExactly(first);
            assertThat(messages.get(0).lines()).containsExactlyInAnyOrderElementsOf(last);
        }
    }

    /** A new version of an app, as an image. */
    private static String select(String app) throws Exception {
        selections++;
        Instant now = Instant.now();
        String tag = "1." + selections + ".0";
        String image = "ghcr.io/my-org/" + app;
        Envelope<TagSelected> selection = Envelope.first(
                new TagSelected(
                        new Target("local", "ImagePolicy", "apps", app),
                        new ImageName(image),
                        image,
                        List.of(new SelectedTag(tag, null)),
                        List.of(),
                        selections,
                        now),
                "policy-evaluator",
                now);
        var unused = log.send(new ProducerRecord<>(Topic.TAG_SELECTED.topicName(), selection.key(), selection))
                .get();
        return image + ':' + tag;
    }

    private static void awaitShown(GitRemote remote, String image) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(remote.branches()).as(committer::output).containsAll(BRANCHES);
            assertThat(BRANCHES).as(committer::output).allSatisfy(branch -> assertThat(remote.read(branch, FILE))
                    .contains("image: " + image + ' '));
        });
    }
}
