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

    private final Path folder;
    private final Programs programs;
    private final Tidemark tidemark;
    private final Canaries canaries = new Canaries();
    private final HostileServer hostile;
    private final FakeCollector collector = FakeCollector.start();

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
        var manifests = new ManifestsOfSecrets(canaries, hostile.host());
        Path declared = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(declared.resolve("all.yaml"), manifests.text());
        tidemark.with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint().toString());
        String forTheCollector = canaries.addPlain("token of a collector of traces");
        tidemark.with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20" + forTheCollector);
        var up = tidemark.up(declared);
        String managing =
                Files.readString(tidemark.state().resolve(MANAGEMENT_TOKEN)).strip();
        canaries.watch("token of the management listener", managing);

        // Every kind of failure has been told before anybody looks for what must not be in it.
        for (String resource : manifests.failing()) {
            String[] kindAndName = resource.split("/", 2);
            await(resource)
                    .atMost(LIMIT)
                    .until(() -> tidemark.statusFile(kindAndName[0], "apps", kindAndName[1])
                                    .contains("status: \"False\"")
                            || tidemark.statusFile(kindAndName[0], "apps", kindAndName[1])
                                    .contains("status: False"));
        }
        for (String chat : ManifestsOfSecrets.CHATS) {
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
