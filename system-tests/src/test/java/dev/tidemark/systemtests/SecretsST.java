package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogSettings;
import dev.tidemark.testkit.FakeCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of every kind go through the whole product, past a registry and a Git server that echo them, and are found in
 * no file of the state folder, no record of any topic, no log, no metric, no trace, no answer over HTTP and nothing that the
 * command line prints (faults S4, S7).
 */
class SecretsST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern BROKER = Pattern.compile("\"kafka\":\"([^\"]+)\"");
    private static final Pattern MANAGEMENT = Pattern.compile("\"management\":\"([^\"]+)\"");
    private static final String MANAGEMENT_TOKEN = "management.token";
    private static final Pattern HTTP = Pattern.compile("\"http\":\"([^\"]+)\"");

    /** Types of Providers that take a token. */
    private static final List<String> CHATS = List.of("slack", "matrix", "alertmanager");

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private final Canaries canaries = new Canaries();
    private final HostileServer hostile;
    private final FakeCollector collector = FakeCollector.start();
    private final StringBuilder manifests = new StringBuilder();
    private final List<String> failing = new ArrayList<>();

    SecretsST(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
        this.hostile = HostileServer.start(canaries.addPlain("token of the registry's token service"));
    }

    @AfterEach
    void leaveNothingBehind() {
        hostile.close();
        collector.close();
        programs.close();
    }

    @Test
    void noSecretIsStoredLoggedOrShownAnywhere() throws Exception {
        registries();
        gitServers();
        receivers();
        chats();
        unreadable();
        Path declared = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(declared.resolve("all.yaml"), manifests.toString());
        tidemark.with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint().toString());
        String forTheCollector = canaries.addPlain("token of a collector of traces");
        tidemark.with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20" + forTheCollector);
        var up = tidemark.up(declared);
        String managing =
                Files.readString(tidemark.state().resolve(MANAGEMENT_TOKEN)).strip();
        canaries.watch("token of the management listener", managing);

        // Every kind of failure has been told before anybody looks for what must not be in it.
        for (String resource : failing) {
            String[] kindAndName = resource.split("/", 2);
            await(resource)
                    .atMost(LIMIT)
                    .until(() -> tidemark.statusFile(kindAndName[0], "apps", kindAndName[1])
                                    .contains("status: \"False\"")
                            || tidemark.statusFile(kindAndName[0], "apps", kindAndName[1])
                                    .contains("status: False"));
        }
        for (String chat : CHATS) {
            await(chat)
                    .atMost(LIMIT)
                    .until(() -> Files.exists(
                            tidemark.state().resolve("events/Alert/apps").resolve(chat + ".yaml")));
        }
        notify(canaries.add("claimed by a webhook's caller"));
        String login = canaries.addPlain("login in the reason of a halt");
        assertThat(tidemark.run("halt", "--why", "see https://me:" + login + "@ci.example/1")
                        .code())
                .isZero();
        await().atMost(LIMIT).until(() -> {
            String taken = String.join("\n", collector.taken());
            return Stream.of("webhook-accepted", "scan-failed", "update-failed", "halted")
                    .allMatch(taken::contains);
        });
        assertThat(collector.requests())
                .allMatch(request -> request.header("authorization").equals("Bearer " + forTheCollector));
        assertThat(up.isAlive()).isTrue();
        assertThat(canaries.in(String.join("\n", hostile.credentials())))
                .as("what the hostile server was sent and could echo")
                .contains(
                        "password of a registry as it is",
                        "token of the registry's token service as it is",
                        "password of a Git server as it is",
                        "token of a Git server as it is",
                        "token of a Provider, slack as it is");

        Map<String, String> places = new TreeMap<>();
        shown(places);
        topics(places);
        files(places);
        places.put("traces", String.join("\n", collector.taken()));
        new ManagementAnswers(URI.create(announced(MANAGEMENT)), managing).addTo(places);
        Map<String, Object> found = new TreeMap<>();
        places.forEach((place, text) -> {
            var there = canaries.in(text);
            if (!there.isEmpty()) {
                found.put(place, there);
            }
        });
        assertThat(found).as("secrets by place").isEmpty();
        assertThat(openToOthers())
                .as("files that others on the machine can read")
                .isEmpty();
    }

    private void registries() {
        String password = canaries.add("password of a registry");
        pullSecret("pull", "robot", password);
        for (String image : List.of("unauthorized", "refused", "broken", "redirect", "with-bearer")) {
            repository(image, hostile.host() + "/apps/" + image, "pull");
        }
        // Base64 that is none, as an editor leaves it behind (case 07)
        String notEncoded = canaries.add("data of a Secret that is not Base64");
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: not-encoded, namespace: apps}
                type: kubernetes.io/dockerconfigjson
                data: {.dockerconfigjson: '{"auths": "%s"}'}
                """.formatted(notEncoded));
        repository("not-encoded", hostile.host() + "/apps/not-encoded", "not-encoded");
        String key = canaries.addPlain("line of a TLS key");
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: client-key, namespace: apps}
                stringData:
                  tls.crt: none
                  tls.key: |
                    -----BEGIN PRIVATE KEY-----
                    %s
                    -----END PRIVATE KEY-----
                """.formatted(key));
        add("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: client-key, namespace: apps}
                spec: {image: "%s/apps/key", interval: 1m, certSecretRef: {name: client-key}}
                """.formatted(hostile.host()));
        failing.add("ImageRepository/client-key");
    }

    private void gitServers() {
        String password = canaries.add("password of a Git server");
        secret("git-basic", "username: git-robot", "password: '" + password + "'");
        for (String place : List.of("unauthorized", "refused", "broken", "redirect")) {
            automation("git-" + place, "http://" + hostile.host() + "/" + place + ".git", "git-basic");
        }
        secret("git-bearer", "bearerToken: " + canaries.addPlain("token of a Git server"));
        automation("git-token", "http://" + hostile.host() + "/refused-token.git", "git-bearer");
        automation("git-ssh", "ssh://git:" + canaries.addPlain("password in an SSH URL") + "@127.0.0.1:1/x.git", "");
        automation(
                "git-url",
                "http://me:" + canaries.addPlain("password in an HTTP URL") + "@" + hostile.host() + "/refused.git",
                "");
        String identity = canaries.addPlain("line of an SSH key");
        secret(
                "git-key",
                "identity: \"-----BEGIN KEY-----\\n" + identity + "\\n-----END KEY-----\"",
                "known_hosts: none");
        automation("git-key", "ssh://git@127.0.0.1:1/y.git", "git-key");
    }

    private void receivers() {
        for (String type : List.of("generic", "generic-hmac", "github", "gitlab", "harbor")) {
            secret("hook-" + type, "token: '" + canaries.add("token of a Receiver, " + type) + "'");
            add("""
                    apiVersion: notification.toolkit.fluxcd.io/v1
                    kind: Receiver
                    metadata: {name: hook-%1$s, namespace: apps}
                    spec:
                      type: %1$s
                      secretRef: {name: hook-%1$s}
                      resources: [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: refused}]
                    """.formatted(type));
        }
    }

    /** Whom events are told to; each of them refuses, and repeats what it was sent. */
    private void chats() {
        for (String type : CHATS) {
            secret(
                    "chat-" + type,
                    "token: '" + canaries.addPlain("token of a Provider, " + type) + "'",
                    "address: 'http://" + hostile.host() + "/" + canaries.addPlain("address of a Provider, " + type)
                            + "/refused'");
            add("""
                    apiVersion: notification.toolkit.fluxcd.io/v1beta3
                    kind: Provider
                    metadata: {name: %1$s, namespace: apps}
                    spec: {type: %1$s, channel: c, secretRef: {name: chat-%1$s}}
                    ---
                    apiVersion: notification.toolkit.fluxcd.io/v1beta3
                    kind: Alert
                    metadata: {name: %1$s, namespace: apps}
                    spec: {providerRef: {name: %1$s}, eventSources: [{kind: ImageRepository, name: refused}]}
                    """.formatted(type));
        }
    }

    /** What is in the folder and is not for us: encrypted files, and Secrets that no manifest can be. */
    private void unreadable() {
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: encrypted, namespace: apps}
                stringData: {token: "ENC[AES256_GCM,data:%s,iv:x,tag:y,type:str]"}
                sops: {age: [{enc: "%s"}]}
                """.formatted(canaries.addPlain("data that SOPS encrypted"), canaries.addPlain("key that SOPS encrypted")));
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: odd, namespace: apps}
                stringData: {password: {nested: "%s"}}
                """.formatted(canaries.addPlain("value that is no text")));
    }

    private void repository(String name, String image, String secret) {
        add("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: %s, namespace: apps}
                spec: {image: "%s", interval: 1m, insecure: true, secretRef: {name: %s}}
                """.formatted(name, image, secret));
        failing.add("ImageRepository/" + name);
    }

    private void automation(String name, String url, String secret) {
        add("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %1$s, namespace: apps}
                spec: {interval: 1m, url: "%2$s", ref: {branch: main}%3$s}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageUpdateAutomation
                metadata: {name: %1$s, namespace: apps}
                spec:
                  interval: 1m
                  sourceRef: {kind: GitRepository, name: %1$s}
                  git:
                    checkout: {ref: {branch: main}}
                    commit: {author: {email: fluxcdbot@users.noreply.github.com, name: fluxcdbot}}
                    push: {branch: main}
                  update: {path: ./, strategy: Setters}
                """.formatted(name, url, secret.isEmpty() ? "" : ", secretRef: {name: " + secret + "}"));
        failing.add("ImageUpdateAutomation/" + name);
    }

    private void pullSecret(String name, String user, String password) {
        String json = "{\"auths\":{\"" + hostile.host() + "\":{\"username\":\"" + user + "\",\"password\":\"" + password
                + "\"}}}";
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: apps}
                type: kubernetes.io/dockerconfigjson
                data: {.dockerconfigjson: %s}
                """.formatted(name, Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    }

    private void secret(String name, String... entries) {
        add("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: apps}
                stringData:
                  %s
                """.formatted(name, String.join("\n  ", entries)));
    }

    private void add(String document) {
        manifests.append(document).append("---\n");
    }

    /** Calls that are refused, each with a secret where a careless program would log it. */
    private void notify(String claim) throws IOException, InterruptedException {
        URI services = URI.create(announced(HTTP));
        try (HttpClient http = HttpClient.newHttpClient()) {
            String known = tidemark.statusFile("Receiver", "apps", "hook-generic")
                    .replaceAll(".*webhookPath: [\"']?(/hook/[0-9a-f]+).*", "$1");
            assertThat(known).startsWith("/hook/");
            for (String path :
                    List.of(known, "/hook/unknown", "/hook/unknown?token=" + claim.replaceAll("[/+%]", "x"))) {
                http.send(
                        HttpRequest.newBuilder(services.resolve(path))
                                .header("Authorization", "Bearer " + claim)
                                .header("X-Signature", "sha256=" + claim)
                                .header("traceparent", "00-" + claim + "-01")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + claim + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private String announced(Pattern what) throws IOException {
        String endpoints = Files.readString(tidemark.state().resolve("endpoints.json"));
        Matcher matcher = what.matcher(endpoints);
        assertThat(matcher.find()).as(endpoints).isTrue();
        return matcher.group(1);
    }

    private void shown(Map<String, String> places) throws Exception {
        List<String[]> commands = List.of(
                new String[] {"status"},
                new String[] {"status", "-o", "json"},
                new String[] {"dead-letters"},
                new String[] {"halt", "--show"},
                new String[] {"log-level"},
                new String[] {"version"},
                new String[] {"get", "imgrepo,iua,receivers", "-A", "-o", "wide"},
                new String[] {"get", "imgrepo,iua,receivers", "-A", "-o", "json"},
                new String[] {"logs", "--object", "imagerepository/refused", "-n", "apps"},
                new String[] {"get", "all", "-A"},
                new String[] {"get", "imgrepo,iua,receivers", "-A", "-o", "yaml"},
                new String[] {"events", "-A"},
                new String[] {"logs"},
                new String[] {"describe", "imgrepo", "refused", "-n", "apps"},
                new String[] {"describe", "iua", "git-refused", "-n", "apps"},
                new String[] {"describe", "iua", "git-url", "-n", "apps"});
        for (String[] command : commands) {
            var answer = tidemark.run(command);
            assertThat(answer.code())
                    .as(String.join(" ", command) + ": " + answer.all())
                    .isZero();
            places.put("printed by " + String.join(" ", command), answer.all());
        }
    }

    private void topics(Map<String, String> places) throws IOException {
        var clients = LogClients.at(announced(BROKER), new LogSettings(2, (short) 1, Duration.ofDays(30)));
        try (var consumer = clients.reader("canaries")) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    places.merge("topic " + record.topic(), text(record), String::concat);
                }
            }
        }
        assertThat(places).containsKeys("topic tag-discovered", "topic update-applied");
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        StringBuilder text = new StringBuilder();
        text.append(record.key()).append(' ');
        if (record.value() != null) {
            text.append(new String(record.value(), StandardCharsets.ISO_8859_1));
        }
        record.headers().forEach(header -> {
            text.append(' ').append(header.key()).append('=');
            if (header.value() != null) {
                text.append(new String(header.value(), StandardCharsets.ISO_8859_1));
            }
        });
        return text.append('\n').toString();
    }

    private void files(Map<String, String> places) throws IOException {
        try (Stream<Path> files = Files.walk(tidemark.state())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(MANAGEMENT_TOKEN))
                    .toList()) {
                places.put(
                        "file " + tidemark.state().relativize(file),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(places).containsKey("file logs/tidemark.log");
    }

    private List<String> openToOthers() throws IOException {
        try (Stream<Path> files = Files.walk(tidemark.state())) {
            List<String> open = new ArrayList<>();
            for (Path file : files.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!mode.endsWith("------")) {
                    open.add(mode + " " + tidemark.state().relativize(file));
                }
            }
            return open;
        }
    }
}
