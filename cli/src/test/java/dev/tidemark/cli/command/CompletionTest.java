package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell is answered that completes the last word of a command line. */
class CompletionTest {

    /** At no address that a service listens at. */
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: 'http://127.0.0.1:PORT'}}]
            users: [{name: u, user: {}}]
            contexts:
            - {name: kind-here, context: {cluster: c, user: u}}
            - {name: 'arn:aws:eks/there', context: {cluster: c, user: u}}
            current-context: kind-here
            """;

    /** In seconds, for machines with much to do. */
    private static final String PATIENT = "600";

    private final Path folder;
    private final Path state;

    CompletionTest(@TempDir Path folder) {
        this.folder = folder;
        this.state = folder.resolve("state folder");
    }

    @BeforeEach
    void aStateFolder() throws IOException {
        Declared declared = KnownState.in(state);
        Files.writeString(state.resolve("manifests/more.yaml"), """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: other, namespace: apps}
                spec: {imageRepositoryRef: {name: my-app, namespace: flux-system}, policy: {alphabetical: {}}}
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: my-second, namespace: flux-system}
                spec: {imageRepositoryRef: {name: my-app}, policy: {alphabetical: {}}}
                """);
        declared.read();
    }

    @Test
    void aCommandIsOfferedWithWhatItDoes() {
        List<String> shown = Main.commandLine().getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(command -> command.getKey())
                .toList();

        assertThat(candidates("")).isEqualTo(shown).contains("dead-letters", "logs", "help");
        assertThat(candidates("re")).containsExactly("replay", "reconcile", "resume", "release");
        assertThat(Ran.command("__complete", "--limit", PATIENT, "--", "logs").out())
                .isEqualTo("logs\tShow the services' log.\n");
        assertThat(Ran.command("__complete", "--limit", PATIENT, "--", "help").out())
                .startsWith("help\tDisplay help");
        assertThat(candidates("help", "ge")).containsExactly("get");
    }

    @Test
    void optionsAreThoseOfTheCommandThatAreNotThere() {
        assertThat(candidates("dead-letters", "--c")).containsExactly("--context", "--clear");
        assertThat(candidates("dead-letters", "--clear", "--c")).containsExactly("--context");
        assertThat(candidates("get", "-n", "apps", "--name")).isEmpty();
        assertThat(candidates("up", "--manifests", "a", "--mani")).containsExactly("--manifests");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get --output= | --output=wide --output=yaml --output=json --output=name --output=jsonpath="
                        + " --output=go-template= --output=custom-columns=",
                "get imgpol -o j | json jsonpath=",
                "status -o _ | json",
                "replay --output=_ | --output=json",
                "export -o _ | :files",
                "export --output=_ | :files",
                "replay _ | :files",
                "up --manifests _ | :files",
                "get --kubeconfig _ | :files",
                "completion _ | bash zsh fish",
                "completion zsh _ | ",
                "log-level dev.tidemark _ | ERROR WARN INFO DEBUG",
                "nonsense _ | ",
                "status _ | ",
            })
    void valuesAreThoseThatTheCommandTakes(String words, String candidates) {
        assertThat(candidates(words(words))).isEqualTo(split(candidates));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get image | imagerepository imagepolicy imageupdateautomation",
                "get imagepolicy,image | imagepolicy,imagerepository imagepolicy,imagepolicy"
                        + " imagepolicy,imageupdateautomation",
                "get a | alert all",
                "get images _ | all policies policy repositories repository update updates",
                "get sources _ | all git",
                "suspend res | resourcesetinputprovider resourceset",
                "suspend a | ",
                "hold _ | imagepolicy resourcesetinputprovider",
                "why-not _ | imagepolicy resourcesetinputprovider",
                "explain _ | imagepolicy resourcesetinputprovider commit",
                "explain commit _ | ",
                "events --for k | kustomization/",
            })
    void kindsAreThoseThatTheCommandTakes(String words, String candidates) {
        assertThat(candidates(words(words))).isEqualTo(split(candidates));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get imagepolicy _ | my-app my-second",
                "get imagepolicy my-app _ | my-second",
                "get imagepolicy my-s | my-second",
                "get images policies _ | my-app my-second",
                "get imgpol -n apps _ | other",
                "get -A imgpol _ | my-app my-second other",
                "-n apps get imgpol _ | other",
                "get ks _ | my-app",
                "get imgpol/ | imgpol/my-app imgpol/my-second",
                "get imgpol/my-app imgpol/ | imgpol/my-second",
                "get imgpol/my-app imagerep | imagerepository/",
                "get imgpol,imgrepo _ | ",
                "get all _ | ",
                "get pods _ | ",
                "why-not imagepolicy _ | my-app my-second",
                "why-not imagepolicy my-app _ | ",
                "why-not imagepolicy/my-app _ | ",
                "hold imagepolicy my-app _ | my-second",
                "events --for imgpol/ | imgpol/my-app imgpol/my-second",
                "logs --object=imgpol/my-s | --object=imgpol/my-second",
                "get -n _ | apps flux-system",
                "get imgpol --namespace=a | --namespace=apps",
                "-n _ | apps flux-system",
            })
    void namesAreThoseOfTheObjects(String words, String candidates) {
        String[] typed = words(words);

        assertThat(candidates(Stream.concat(Stream.of("--state", state.toString()), Stream.of(typed))
                        .toArray(String[]::new)))
                .isEqualTo(split(candidates));
    }

    @Test
    void contextsAreThoseOfTheKubeconfig() throws IOException {
        String kubeconfig = kubeconfigFor(1);

        assertThat(candidates("get", "--kubeconfig", kubeconfig, "--context", ""))
                .containsExactly("kind-here", "arn:aws:eks/there");
        assertThat(candidates("get", "--kubeconfig", kubeconfig, "--context=a"))
                .containsExactly("--context=arn:aws:eks/there");
        assertThat(candidates("get", "--kubeconfig", folder.resolve("none").toString(), "--context", ""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get imgpol _", "get imgpol/", "get -n _", "logs --object imgpol/"})
    void whereNothingIsThereNothingIsOffered(String words) {
        String nowhere = folder.resolve("nowhere").toString();

        assertThat(candidates(Stream.concat(Stream.of("--state", nowhere), Stream.of(words(words)))
                        .toArray(String[]::new)))
                .isEmpty();
        assertThat(candidates(words(words))).as("no Tidemark ran here").isEmpty();
        assertThat(Files.exists(folder.resolve("nowhere"))).isFalse();
    }

    @Test
    void aClusterThatDoesNotAnswerHasNoNamesAndStillItsKinds() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String kubeconfig = kubeconfigFor(closed);

        assertThat(Ran.command("__complete", "--", "get", "--kubeconfig", kubeconfig, "imgpol", ""))
                .isEqualTo(new Ran(0, "", ""));
        assertThat(candidates("get", "--kubeconfig", kubeconfig, "images", "pol"))
                .containsExactly("policies", "policy");
    }

    @Test
    void anotherShellHasNoCompletion() {
        assertThat(Ran.command("completion", "tcsh"))
                .isEqualTo(new Ran(1, "", "tidemark: there is no completion for 'tcsh': use bash, zsh or fish.\n"));
    }

    private String kubeconfigFor(int port) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG.replace("PORT", "" + port))
                .toString();
    }

    /** The last, {@code _}, is an empty one. */
    private static String[] words(String text) {
        return text.replaceFirst("_$", "").split(" ", -1);
    }

    private static List<String> split(String text) {
        return Stream.of(Objects.requireNonNullElse(text, "").split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Without what they are. */
    private static List<String> candidates(String... words) {
        Ran ran = Ran.command(Stream.concat(Stream.of("__complete", "--limit", PATIENT, "--"), Stream.of(words))
                .toArray(String[]::new));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return ran.out().lines().map(line -> line.split("\t", 2)[0]).toList();
    }
}
