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
import dev.tidemark.testkit.GitRemote;
import dev.tidemark.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service alone: a selection in the log becomes a commit at the remote. */
class GitCommitterIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 2;
    private static final String BOT = "fluxcdbot <fluxcdbot@users.noreply.github.com>";
    private static final String BRANCH = "staging-image-updates";
    private static final String FILE = "clusters/staging/app.yaml";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: my-app
              namespace: default
            spec:
              template:
                spec:
                  containers:
                    - name: my-app
                      image: ghcr.io/my-org/my-app:1.0.0  # {"$imagepolicy": "flux-system:my-app"}
            """;

    /** The automation of the seed, to the byte. */
    private static final String AUTOMATION = """
            apiVersion: image.toolkit.fluxcd.io/v1beta1
            kind: ImageUpdateAutomation
            metadata:
              name: flux-system
              namespace: flux-system
            spec:
              interval: 5m
              sourceRef:
                kind: GitRepository
                name: flux-system
              git:
                checkout:
                  ref:
                    branch: main
                commit:
                  author:
                    email: fluxcdbot@users.noreply.github.com
                    name: fluxcdbot
                  messageTemplate: 'chore: update {{range .Updated.Images}}{{println .}}{{end}}'
                push:
                  branch: staging-image-updates   # push to branch, not directly to main
              update:
                path: ./clusters/staging
                strategy: Setters
            """;

    private static final String POLICY = """
            apiVersion: image.toolkit.fluxcd.io/v1beta2
            kind: ImagePolicy
            metadata:
              name: my-app
              namespace: flux-system
            spec:
              imageRepositoryRef:
                name: my-app
              policy:
                semver:
                  range: ">=1.0.0 <2.0.0"
            """;

    private static final String REPOSITORY = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: flux-system
              namespace: flux-system
            spec:
              interval: 5m
              url: URL
              ref:
                branch: main
            """;

    @TempDir
    Path folder;

    @Test
    void writesASelectionOfTheLogToTheBranchAndTellsTheLog() throws Exception {
        GitRemote remote = GitRemote.create(folder, "fleet");
        String main = remote.commit("main", "begin", Map.of(FILE, DEPLOYMENT));
        Path manifests = manifests(remote);
        Path state = folder.resolve("state");
        try (TestBroker broker = TestBroker.start();
                PackagedCommitter committer =
                        PackagedCommitter.start(broker.bootstrapServers(), PARTITIONS, manifests, state)) {
            LogClients log = LogClients.at(
                    broker.bootstrapServers(), new LogSettings(PARTITIONS, (short) 1, Duration.ofDays(1)));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(committer.output()).contains("Listening on"));

            Envelope<TagSelected> selection = select(log, "1.4.2", 1);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(remote.branches())
                    .as(() -> committer.output())
                    .contains(BRANCH));
            assertThat(remote.messages(BRANCH))
                    .containsExactly("chore: update ghcr.io/my-org/my-app:1.4.2\n", "begin\n");
            assertThat(remote.read(BRANCH, FILE)).isEqualTo(DEPLOYMENT.replace("1.0.0", "1.4.2"));
            assertThat(remote.head("main")).isEqualTo(main);
            assertThat(remote.git("show", "--no-patch", "--format=%an <%ae>, %cn <%ce>", BRANCH))
                    .isEqualToIgnoringNewLines(BOT + ", " + BOT);
            assertThat(remote.git("cat-file", "commit", BRANCH))
                    .contains("\ntidemark-selections local/ImagePolicy/flux-system/my-app@1\n");
            remote.git("fsck", "--strict");

            await().atMost(LIMIT).untilAsserted(() -> assertThat(committed(log)).hasSize(1));
            Envelope<?> told = committed(log).getFirst();
            assertThat(told.correlationid()).isEqualTo(selection.correlationid());
            assertThat(told.causationid()).isEqualTo(selection.id());
            assertThat(((Committed) told.event()).commit()).isEqualTo(remote.head(BRANCH));
            Path status = state.resolve("status/ImageUpdateAutomation/flux-system/flux-system.yaml");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(status)
                    .content()
                    .contains("repository up-to-date", "MarkersFound", remote.head(BRANCH)));

            select(log, "1.5.0", 2);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(remote.messages(BRANCH)).hasSize(3));
            assertThat(remote.read(BRANCH, FILE)).isEqualTo(DEPLOYMENT.replace("1.0.0", "1.5.0"));
        }
    }

    private Path manifests(GitRemote remote) throws IOException {
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("automation.yaml"), AUTOMATION);
        Files.writeString(manifests.resolve("policy.yaml"), POLICY);
        Files.writeString(
                manifests.resolve("repository.yaml"),
                REPOSITORY.replace("URL", remote.url().toString()));
        return manifests;
    }

    private static Envelope<TagSelected> select(LogClients log, String tag, long sequence) throws Exception {
        Instant now = Instant.now();
        Envelope<TagSelected> selection = Envelope.correlated(
                new TagSelected(
                        new Target("local", "ImagePolicy", "flux-system", "my-app"),
                        new ImageName("ghcr.io/my-org/my-app"),
                        "ghcr.io/my-org/my-app",
                        List.of(new SelectedTag(tag, null)),
                        List.of(),
                        sequence,
                        now),
                "policy-evaluator",
                now,
                "push-of-" + tag);
        try (var producer = log.eventWriter("test")) {
            producer.send(new ProducerRecord<>(Topic.TAG_SELECTED.topicName(), selection.key(), selection))
                    .get();
        }
        return selection;
    }

    private static List<Envelope<?>> committed(LogClients log) {
        List<Envelope<?>> found = new ArrayList<>();
        new TopicScan(log, "test").read(Topic.UPDATE_APPLIED, List.of(0, 1), (key, envelope) -> {
            if (envelope != null && envelope.event() instanceof Committed) {
                found.add(envelope);
            }
        });
        return found;
    }
}
