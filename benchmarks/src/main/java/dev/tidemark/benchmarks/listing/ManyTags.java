package dev.tidemark.benchmarks.listing;

import dev.tidemark.benchmarks.Installation;
import dev.tidemark.benchmarks.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * An image with many tags: from its declaration to its first choice, from a webhook that names no tag to the choice of a tag
 * that was pushed before it, and what such a webhook costs when nothing was. For several builds in turns.
 */
public final class ManyTags {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofMillis(1_500);
    private static final String TOKEN = "token-of-the-receiver";
    private static final String HOOK = "http://127.0.0.1:19292";
    private static final int WARM_UP = 5;

    private final Report report;
    private final String name;
    private final PagedRegistryProcess registry;
    private final Path state;
    private final HttpClient http;

    private ManyTags(Report report, String name, PagedRegistryProcess registry, Path state, HttpClient http) {
        this.report = report;
        this.name = name;
        this.registry = registry;
        this.state = state;
        this.http = http;
    }

    /** @param args the file for the figures, the tags, the webhooks, then the root folder of each build */
    public static void main(String[] args) throws IOException, InterruptedException {
        Report report = new Report(Path.of(args[0]));
        int tags = Integer.parseInt(args[1]);
        int webhooks = Integer.parseInt(args[2]);
        List<Path> roots = Arrays.stream(args).skip(3).map(Path::of).toList();
        for (int build = 0; build < roots.size(); build++) {
            Path folder = Files.createTempDirectory("tidemark-many-tags");
            String name = "build " + (build + 1) + ", " + tags + " tags";
            try (PagedRegistryProcess registry = PagedRegistryProcess.start(folder, tags);
                    HttpClient http = HttpClient.newHttpClient()) {
                Path manifests = Files.createDirectories(folder.resolve("manifests"));
                Files.writeString(manifests.resolve("app.yaml"), manifest(registry.image()));
                Path state = folder.resolve("state");
                try (Installation installation = Installation.start(
                        roots.get(build), manifests, state, "--listen", HOOK.substring("http://".length()))) {
                    new ManyTags(report, name, registry, state, http).measure(installation, tags, webhooks);
                }
            }
        }
    }

    private void measure(Installation installation, int tags, int webhooks) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        awaitChoice("1.0." + (tags - 1), installation);
        report.say(String.format(
                Locale.ROOT,
                "%s, first choice: %.1f s after the start, %.1f s of processor time, memory %s",
                name,
                (System.nanoTime() - begin) / 1e9,
                installation.services().processorTime().toMillis() / 1000.0,
                installation.services().status("VmRSS")));
        for (int i = 0; i < WARM_UP; i++) {
            var unused = pushed("2.0." + i, installation);
        }
        PagedRegistryProcess.Asked asked = registry.asked();
        Duration before = installation.services().processorTime();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < webhooks; i++) {
            millis.add(pushed("3.0." + i, installation));
        }
        Collections.sort(millis);
        report.say(String.format(
                Locale.ROOT,
                "%s, webhook without a tag to decided: median %d, min %d, p90 %d, max %d ms (n %d); %d pages, %d tags"
                        + " asked for, %d ms of processor time each, memory %s, at most %s",
                name,
                millis.get(webhooks / 2),
                millis.getFirst(),
                millis.get(webhooks * 9 / 10),
                millis.getLast(),
                webhooks,
                (registry.asked().lists() - asked.lists()) / webhooks,
                registry.asked().tags() - asked.tags(),
                installation.services().processorTime().minus(before).toMillis() / webhooks,
                installation.services().status("VmRSS"),
                installation.services().status("VmHWM")));
        nothingNew(installation, webhooks);
    }

    private void nothingNew(Installation installation, int webhooks) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        long log = discovered();
        int lists = registry.asked().lists();
        Duration before = installation.services().processorTime();
        for (int i = 0; i < webhooks; i++) {
            hook();
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        }
        report.say(String.format(
                Locale.ROOT,
                "%s, webhook with nothing new: %d pages, %d ms of processor time each, rest included; tag-discovered grew"
                        + " by %d bytes",
                name,
                (registry.asked().lists() - lists) / webhooks,
                installation.services().processorTime().minus(before).toMillis() / webhooks,
                discovered() - log));
    }

    private long pushed(String tag, Installation installation) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        registry.push(tag);
        long begin = System.nanoTime();
        hook();
        awaitChoice(tag, installation);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private void hook() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(HOOK + "/hook/" + sha256(TOKEN + "app" + "apps")))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("the webhook is answered " + status);
        }
    }

    private void awaitChoice(String tag, Installation installation) throws IOException, InterruptedException {
        Path status = state.resolve("status/ImagePolicy/apps/app.yaml");
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(status) || !Files.readString(status).contains(tag)) {
            if (System.nanoTime() > deadline || !installation.isAlive()) {
                throw new IllegalStateException(tag + " is not chosen: " + installation.printed());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Bytes that the broker has of {@code tag-discovered}. */
    private long discovered() throws IOException {
        try (var files = Files.walk(state)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log")
                            && file.toString().contains("tag-discovered-"))
                    .mapToLong(ManyTags::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String manifest(String image) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: apps}
                spec: {image: "%s", interval: 1h, timeout: 1m, insecure: true}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: apps}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: ">=1.0.0"}}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: receiver, namespace: apps}
                stringData: {token: %s}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: app, namespace: apps}
                spec:
                  type: generic
                  secretRef: {name: receiver}
                  resources: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: app}]
                """.formatted(image, TOKEN);
    }
}
