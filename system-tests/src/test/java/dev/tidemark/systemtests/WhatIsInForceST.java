package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.systemtests.Programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that ResourceSets rendered, while manifests break, go away and are deleted, over restarts (faults D2, D3). */
class WhatIsInForceST {

    private static final int SETS = 6;
    private static final Pattern CONFIRM = Pattern.compile("tidemark confirm ([0-9a-f]{12})");

    private final Path manifests;
    private final Programs programs;
    private final Tidemark tidemark;
    private Program up;

    WhatIsInForceST(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.programs = new Programs(folder);
        this.tidemark = new Tidemark(programs, folder.resolve("state"));
    }

    @BeforeEach
    void render() throws IOException {
        for (int set = 0; set < SETS; set++) {
            Files.writeString(manifest(set), set(set));
        }
        up = tidemark.up(manifests);
        await().atMost(Tidemark.LIMIT).until(() -> rendered().size() == SETS);
    }

    @AfterEach
    void end() {
        programs.close();
    }

    @Test
    void nothingThatIsMissingByMistakeIsPrunedAndWhatIsMeantIs() throws Exception {
        Files.writeString(manifest(0), set(0).replace("resources:", "resources: ["));
        restart();
        assertThat(rendered()).as("a broken manifest and a restart").hasSize(SETS);

        Path elsewhere = manifests.resolveSibling("elsewhere");
        Files.move(manifests, elsewhere);
        await().atMost(Tidemark.LIMIT).until(() -> tidemark.status().contains("the folder does not exist"));
        assertThat(rendered()).as("a folder that is away").hasSize(SETS);
        Files.createDirectory(manifests);
        restart();
        assertThat(rendered()).as("a folder that is not mounted yet").hasSize(SETS);
        assertThat(tidemark.status()).containsPattern(CONFIRM);
        Files.delete(manifests);
        Files.move(elsewhere, manifests);
        Files.writeString(manifest(0), set(0));
        await().atMost(Tidemark.LIMIT)
                .until(() -> !CONFIRM.matcher(tidemark.status()).find());

        for (int set = 1; set < SETS; set++) {
            Files.delete(manifest(set));
        }
        await().atMost(Tidemark.LIMIT)
                .until(() -> CONFIRM.matcher(tidemark.status()).find());
        restart();
        assertThat(rendered()).as("much is deleted and waits").hasSize(SETS);
        Matcher code = CONFIRM.matcher(tidemark.status());
        assertThat(code.find()).isTrue();
        Tidemark.Answer confirmed = tidemark.run("confirm", code.group(1));
        assertThat(confirmed.code()).as(confirmed.all()).isZero();
        await().atMost(Tidemark.LIMIT).until(() -> rendered().equals(List.of("object-0")));

        Files.writeString(manifest(1), set(1));
        await().atMost(Tidemark.LIMIT).until(() -> rendered().size() == 2);
        Files.delete(manifest(1));
        await().atMost(Tidemark.LIMIT).until(() -> rendered().equals(List.of("object-0")));
        await().atMost(Tidemark.LIMIT)
                .until(() -> tidemark.statusFile("ResourceSet", "apps", "set-1").isEmpty());
    }

    private void restart() throws IOException, InterruptedException {
        up.kill();
        int unused = up.exitCode(Tidemark.LIMIT.toSeconds());
        up = tidemark.up(manifests);
    }

    private List<String> rendered() {
        return IntStream.range(0, SETS)
                .mapToObj(set -> "object-" + set)
                .filter(name -> Files.exists(tidemark.state().resolve("objects/apps/ConfigMap/" + name + ".yaml")))
                .toList();
    }

    private Path manifest(int set) {
        return manifests.resolve("set-" + set + ".yaml");
    }

    private static String set(int number) {
        return """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: set-%1$d, namespace: apps}
                spec:
                  inputs:
                  - name: object-%1$d
                  resources:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: << inputs.name >>, namespace: apps}
                """.formatted(number);
    }
}
