package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.demo.registry.DemoPush;
import dev.tidemark.demo.registry.DemoRegistry;
import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A webhook that was answered 200 is worked, whatever ends Tidemark in the middle of a burst (faults D6). */
class AnsweredWebhooksST {

    private static final int IMAGES = 100;

    /** After the first answer: some notifications are worked then, most are not. */
    private static final Duration INTO_THE_BURST = Duration.ofMillis(150);

    private static final Pattern SERVICES = Pattern.compile("\"http\"\\s*:\\s*\"([^\"]+)\"");

    private static final String FOUNDATION = """
            apiVersion: v1
            kind: Secret
            metadata: {name: token, namespace: apps}
            stringData: {token: example}
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata: {name: all, namespace: apps}
            spec:
              type: dockerhub
              secretRef: {name: token}
              resources:
            """;

    private static final String LISTED = "    - {kind: ImageRepository, name: app-NUMBER}\n";

    private static final String REPOSITORY = """
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: app-NUMBER, namespace: apps}
            spec: {image: "HOST/team/app-NUMBER", interval: 1h, insecure: true}
            """;

    private enum End {
        KILLED,
        STOPPED
    }

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private final DemoRegistry registry;
    private final HttpClient http = HttpClient.newHttpClient();

    AnsweredWebhooksST(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
        this.registry = DemoRegistry.start(folder.resolve("registry"), 0);
    }

    @AfterEach
    void leaveNothingBehind() {
        http.close();
        programs.close();
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void aBurstIsWorkedAfterTheNextStart(End end) throws Exception {
        push("1.0.0");
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("all.yaml"), manifests());
        Program up = tidemark.up(manifests);
        awaitTags(1);
        push("1.1.0");

        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            answers.add(tell(image));
        }
        Object first = CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                .join();
        assertThat(first).isEqualTo(200);
        // A pause and not a wait for something: what it ends is to be hit anywhere.
        assertThat(new CountDownLatch(1).await(INTO_THE_BURST.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        switch (end) {
            case KILLED -> up.kill();
            case STOPPED -> {
                up.process().destroy();
                int unused = up.exitCode(Tidemark.LIMIT.toSeconds());
            }
        }
        List<Integer> answered = IntStream.range(0, IMAGES)
                .filter(image -> answers.get(image).exceptionally(broken -> 0).join() == 200)
                .boxed()
                .toList();
        assertThat(answered).as("webhooks answered 200 before the end").isNotEmpty();

        Program again = tidemark.up(manifests);

        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(answered)
                .as("answered, and its tag unknown")
                .filteredOn(image -> tags(image) != 2)
                .isEmpty());
        assertThat(again.isAlive()).isTrue();
    }

    private CompletableFuture<Integer> tell(int image) throws Exception {
        String path = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest("exampleallapps".getBytes(StandardCharsets.UTF_8)));
        String body = "{\"push_data\":{\"tag\":\"1.1.0\"},\"repository\":{\"repo_name\":\"team/app-" + image + "\","
                + "\"repo_url\":\"https://registry.example/team/app-" + image + "\"}}";
        return http.sendAsync(
                        HttpRequest.newBuilder(services().resolve("/hook/" + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private URI services() throws IOException {
        String endpoints = Files.readString(tidemark.state().resolve("endpoints.json"));
        Matcher http = SERVICES.matcher(endpoints);
        assertThat(http.find()).as(endpoints).isTrue();
        return URI.create(http.group(1));
    }

    private void push(String tag) throws IOException, InterruptedException {
        try (DemoPush push = new DemoPush(registry.address())) {
            for (int image = 0; image < IMAGES; image++) {
                String unused = push.push("team/app-" + image, tag);
            }
        }
    }

    private void awaitTags(int count) {
        await().atMost(Tidemark.LIMIT).untilAsserted(() -> assertThat(IntStream.range(0, IMAGES)
                        .filter(image -> tags(image) != count)
                        .boxed()
                        .toList())
                .as("images without their " + count + " tags")
                .isEmpty());
    }

    private int tags(int image) {
        try {
            Matcher count = Pattern.compile("tagCount: (\\d+)")
                    .matcher(tidemark.statusFile("ImageRepository", "apps", "app-" + image));
            return count.find() ? Integer.parseInt(count.group(1)) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String manifests() {
        StringBuilder text = new StringBuilder(FOUNDATION);
        for (int image = 0; image < IMAGES; image++) {
            text.append(LISTED.replace("NUMBER", Integer.toString(image)));
        }
        for (int image = 0; image < IMAGES; image++) {
            text.append(REPOSITORY
                    .replace("NUMBER", Integer.toString(image))
                    .replace("HOST", registry.address().getAuthority()));
        }
        return text.toString();
    }
}
