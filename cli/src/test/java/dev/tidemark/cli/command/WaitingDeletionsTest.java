package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.folder.FolderSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of manifests that is empty all at once: nothing goes before somebody says that it is meant. */
class WaitingDeletionsTest {

    private static final int POLICIES = 12;
    private static final Pattern COMMAND = Pattern.compile("\\./tidemark confirm ([0-9a-f]+)\n");

    private final Path manifests;
    private final Path state;
    private final Declared declared;

    WaitingDeletionsTest(@TempDir Path folder) throws IOException {
        this.manifests = Files.createDirectory(folder.resolve("manifests"));
        this.state = folder.resolve("state");
        this.declared = new Declared(manifests, state);
    }

    @BeforeEach
    void emptyTheFolder() throws IOException {
        for (int i = 10; i < 10 + POLICIES; i++) {
            Files.writeString(manifests.resolve(i + ".yaml"), """
                    apiVersion: image.toolkit.fluxcd.io/v1
                    kind: ImagePolicy
                    metadata: {name: app-%d, namespace: apps}
                    spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                    """.formatted(i));
        }
        declared.read();
        for (int i = 10; i < 10 + POLICIES; i++) {
            Files.delete(manifests.resolve(i + ".yaml"));
        }
        declared.readLater();
    }

    @Test
    void areTheFirstThingThatStatusSays() {
        assertThat(run("status").out()).startsWith("""
                Deletions that wait for a confirmation (12): much is missing at once, or a folder is empty
                %sThey stay in force. If they are to go: ./tidemark confirm %s

                Nothing runs on\
                """.formatted(lines(10, 20) + "  and 2 more\n", code()));
        assertThat(policies()).hasLineCount(POLICIES);
    }

    @Test
    void areToldWhereNoCodeIsGiven() {
        assertThat(run("confirm").out())
                .startsWith("Deletions that wait for a confirmation (12)")
                .endsWith("./tidemark confirm " + code() + "\n");
        assertThat(policies()).hasLineCount(POLICIES);
    }

    @Test
    void areNotConfirmedByAnotherCode() {
        Ran confirmed = run("confirm 0123456789ab");

        assertThat(confirmed.code()).isEqualTo(1);
        assertThat(confirmed.out()).isEmpty();
        assertThat(confirmed.err())
                .startsWith("tidemark: nothing waits under '0123456789ab'; what waits now is " + code()
                        + ": ImagePolicy apps/app-10, ")
                .endsWith(" and 2 more.\n");
        declared.readLater();
        assertThat(policies()).hasLineCount(POLICIES);
    }

    @Test
    void takeEffectAtTheNextStartWhereNothingRuns() {
        assertThat(run("confirm " + code()).out())
                .isEqualTo("Confirmed. Nothing runs on " + state
                        + ": it takes effect at the next start, if the same is missing then.\n");
        assertThat(policies()).hasLineCount(POLICIES);

        declared.readLater();

        assertThat(policies()).isEmpty();
        assertThat(run("status").out()).startsWith("Nothing runs on");
        assertThat(run("confirm")).isEqualTo(new Ran(0, "no deletion waits for a confirmation.\n", ""));
    }

    @Test
    void doNotTakeEffectWhereSomethingElseIsMissingByThen() throws IOException {
        String code = code();
        var unused = run("confirm " + code);
        Files.writeString(manifests.resolve("10.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app-10, namespace: apps}
                spec: {imageRepositoryRef: {name: app}, policy: {semver: {range: 1.x}}}
                """);

        declared.readLater();

        assertThat(policies()).hasLineCount(POLICIES);
        assertThat(code()).isNotEqualTo(code);
    }

    @Test
    void takeEffectAtOnceWhereServicesRunAndAreNamed() throws IOException {
        Files.writeString(state.resolve("endpoints.json"), """
                {"pid": %d, "http": "http://127.0.0.1:1", "management": "http://127.0.0.1:1", "version": "1"}
                """.formatted(
                        ProcessHandle.current().pid()));
        String code = code();
        FolderSource source = declared.watch();
        try {
            assertThat(run("confirm " + code)).isEqualTo(new Ran(0, "Deleted (12)\n" + lines(10, 22), ""));
        } finally {
            source.close();
        }
        assertThat(policies()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithWhatItKeepsInForce() throws IOException {
        var unused = run("confirm " + code());
        declared.readLater();
        Files.writeString(manifests.resolve("web.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: web, namespace: apps}
                spec: {imageRepositoryRef: {name: web}, policy: {semver: {range: 1.x}}}
                """);
        declared.read();
        Files.writeString(manifests.resolve("web.yaml"), "kind: [");

        declared.readLater();

        assertThat(run("status").out()).containsPattern("""
                \\AKept in force, although it cannot be read any more \\(1\\)
                  ImagePolicy apps/web   \\S+/web.yaml:1   its file cannot be read   since 1990-01-01T\\S+Z

                Unreadable manifests \\(1\\)
                  \\S+/web.yaml:1   not valid YAML: .*

                Nothing runs on""");
        assertThat(policies()).hasLineCount(1);
    }

    private String policies() {
        return run("get imgpol -n apps --no-headers").out();
    }

    private String code() {
        Matcher command = COMMAND.matcher(run("status").out());
        assertThat(command.find()).isTrue();
        return command.group(1);
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "  ImagePolicy apps/app-" + i + '\n')
                .collect(Collectors.joining());
    }

    private Ran run(String arguments) {
        return Ran.on(state, arguments);
    }
}
