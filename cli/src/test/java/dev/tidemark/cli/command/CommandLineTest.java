package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a state folder as the services leave it; outputs against golden files. */
class CommandLineTest {

    private final Path state;
    private final Declared declared;

    CommandLineTest(@TempDir Path folder) throws IOException {
        this.state = folder.resolve("state folder");
        declared = KnownState.in(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get-jsonpath | get imagepolicy my-app -n flux-system -o jsonpath={.status.latestImage}",
                "get-table | get imagepolicy",
                "get-wide | get imgrepo -o wide -A",
                "get-several | get imgpol,imgrepo",
                "get-all | get all",
                "get-selector | get kustomization -l resourceset.fluxcd.io/name=my-app -A",
                "get-yaml | get imgpol/my-app -o yaml",
                "get-list-json | get imgpol -o json",
                "get-name | get all -o name",
                "get-repository | get gitrepository",
                "describe | describe resourcesetinputprovider app-image-tag -n flux-system",
                "status | status",
                "events | events",
                "events-for | events -A --for imgpol/my-app",
                "get-no-headers | get imgpol --no-headers",
                "get-two-words | get image policy my-app -o yaml",
                "get-two-words | get images policies my-app -o yaml",
                "get-two-words | -n flux-system -o yaml get imagepolicy my-app",
                "get-image-all | get images all -A",
                "get-two-kinds | get imgpol/my-app imgrepo/my-app",
                "get-custom-columns | get imgpol,imgrepo -o custom-columns=NAME:.metadata.name,TAG:{.status.latestRef.tag}",
                "get-go-template | get imgpol -o go-template={{range.items}}{{.metadata.name}}{{end}}",
                "get-sorted | get kustomization,imgpol,imgrepo --sort-by=.kind -o name",
                "get-labels | get kustomization --show-labels",
                "get-nothing | get imgpol other --ignore-not-found",
                "get-nothing | get imgpol --ignore-not-found --field-selector metadata.name!=my-app",
                "get-name-only | get imgpol,imgrepo --field-selector metadata.name=my-app,metadata.namespace=flux-system -o name",
                "events | get events",
                "get-jsonpath-list | get imgpol,imgrepo -o jsonpath={.items[*].metadata.name}",
            })
    void printsWhatWasAskedFor(String golden, String arguments) throws IOException {
        Ran result = run(arguments);

        assertThat(result.err()).isEmpty();
        assertThat(settled(result.out())).isEqualTo(KnownState.text("golden/" + golden + ".txt"));
        assertThat(result.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get pods | there is no kind 'pods': known are imagerepository (imgrepo, imagerepo), imagepolicy (imgpol, imagepol),",
                "get imgpol other | there is no ImagePolicy 'other' in namespace flux-system: './tidemark get imagepol -A'",
                "get imgpol my-ap | there is no ImagePolicy 'my-ap' in namespace flux-system: did you mean my-app?",
                "get imgpol my-app mx-app | there is no ImagePolicy 'mx-app' in namespace flux-system: did you mean my-app?",
                "describe imgpol m | there is no ImagePolicy 'm' in namespace flux-system: did you mean my-app?",
                "describe imgpol my-app my-apq | there is no ImagePolicy 'my-apq' in namespace flux-system: did you mean my-app?",
                "hold imgpol myapp | there is no ImagePolicy 'myapp' in namespace flux-system: did you mean my-app?",
                "suspend iua flux | there is no ImageUpdateAutomation 'flux' in namespace flux-system: did you mean flux-system?",
                "get imgpol my-app -n apps | there is no ImagePolicy 'my-app' in namespace apps: there is one in flux-system, write -n flux-system.",
                "get helmreleases | 'helmreleases' is a kind of Flux's that Tidemark neither reads nor writes: ask 'flux get'",
                "get source helm | 'source' goes with a second word: source all, source git.",
                "get imgpol,imgrepo my-app | names go with one kind only",
                "get imgpol/ | 'imgpol/' is not KIND/NAME",
                "get imgpol -o xml | there is no output format 'xml': use wide, yaml, json, name, jsonpath=",
                "get imgpol -o jsonpath={.a | the JSONPath cannot be read at character 4 of '{.a': '}' is missing.",
                "get imgpol -l =x | the selector '=x' cannot be read",
                "events --for my-app | 'my-app' is not KIND/NAME: write --for imagepolicy/my-app.",
                "reconcile gitrepo flux-system | GitRepository flux-system/flux-system is only read, by the automations",
                "describe imgpol other | there is no ImagePolicy 'other' in namespace flux-system",
                "reconcile imgpol my-app | nothing runs on ",
                "reconcile imgrepo my-app --with-source | --with-source goes with imagepolicy and imageupdateautomation: a",
                "reconcile imgpol | which ImagePolicy? Write its name, KIND NAME, or --all.",
                "suspend imgpol my-app --all | --all and names do not go together",
                "suspend imgrepo --all -n elsewhere | there is none in namespace elsewhere",
                "get imagepolcy | there is no kind 'imagepolcy': did you mean imagepolicy?",
                "get imgpol -o custom-columns=NAME | 'NAME' is no column: write custom-columns=TITLE:.path",
                "get imgpol -o go-template={{.a | template: output:1:5: unclosed action",
                "get imgpol --field-selector spec.image=x | 'spec.image' cannot be selected by",
                "get imgpol --sort-by {.a | the JSONPath cannot be read at character 4",
                "gett imgpol | there is no command 'gett': did you mean './tidemark get'?",
                "frobnicate | there is no command 'frobnicate': './tidemark --help' shows those there are.",
                "apply -f x.yaml | there is no './tidemark apply': objects are changed where they are declared",
                "config view | there is no './tidemark config': that is kubectl's own: 'kubectl config'",
                "bootstrap github --owner x | there is no './tidemark bootstrap': in a cluster 'kubectl apply -k'",
                "export image policy my-app -n apps | history is exported, and not 'image policy my-app -n apps': './tidemark get image policy my-app -n apps -o yaml'",
                "envsubst --strict | there is no './tidemark envsubst': that is flux's own: use 'flux envsubst'.",
                "why-not imgpol my-app | which tag?",
                "explain imgrepo my-app | ImageRepository cannot be explained",
                "explain imgpol my-app 1.0.0 2.0.0 | '2.0.0' is too much",
                "hold imgrepo my-app | ImageRepository selects nothing: hold its imagepolicy or resourcesetinputprovider.",
                "suspend kustomization my-app | Kustomization is rendered by a ResourceSet",
                "logs | there is no log at ",
                "up --manifests nowhere | there is no folder nowhere",
                "up --manifests . --registry-mirror ghcr.io=http://m/path | 'http://m/path' is not the URL of a mirror",
                "up --manifests . --registry-mirror ghcr.io=http://me:word@m | the mirror of ghcr.io has a login in its URL",
                "up --manifests . --registry-mirror ghcr.io | 'ghcr.io' is not a mirror: write HOST=URL",
                "up --manifests . --listen 9292 | '9292' is no address to listen on: write HOST:PORT",
            })
    void complainsInOneSentenceWithTheRemedy(String arguments, String sentence) {
        Ran result = run(arguments);

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("tidemark: " + sentence).hasLineCount(1);
        assertThat(result.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "describe", "events --for", "suspend", "resume", "reconcile", "hold", "release"})
    void whoAsksServicesForObjectsIsToldWhereTheyAre(String command) {
        Ran result = Ran.command((command + " imagepolicy/my-app --server http://localhost:9000").split(" "));

        assertThat(result.err())
                .startsWith("tidemark: services at an address keep no objects: name --state DIR")
                .contains("--context")
                .hasLineCount(1);
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void changesSeveralObjectsAtOnce() {
        assertThat(run("suspend imgpol/my-app iua/flux-system").out()).isEqualTo("""
                ImagePolicy flux-system/my-app suspended
                ImageUpdateAutomation flux-system/flux-system suspended
                """);
        assertThat(run("resume imgpol --all").out()).isEqualTo("ImagePolicy flux-system/my-app resumed\n");
        assertThat(run("suspend imgpol my-app other").err()).contains("there is no ImagePolicy 'other'");
        assertThat(run("get imgpol -o jsonpath={.items[*].spec.suspend}").out())
                .as("nothing is changed where one is missing")
                .isEqualTo("false");
    }

    /** The services know policies by their log, which may be behind; the objects tell a slip from that. */
    @Test
    void whoAsksTheServicesForAWrongNameIsToldTheRightOne() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.refuses(404, "the log declares no such policy");

            assertThat(run("why-not imgpol my-ap 1.0.0").err()).endsWith("did you mean my-app?\n");
            assertThat(run("explain imgpol my-app").err()).isEqualTo("tidemark: the log declares no such policy.\n");
        }
    }

    @Test
    void describesObjectsOfAllNamespaces() {
        assertThat(run("describe imgpol -n apps").err()).contains("there is no ImagePolicy in namespace apps");
        assertThat(run("describe imgpol -A -n apps").out()).startsWith("Name:                my-app\n");
        assertThat(run("export").code()).as("nowhere to").isEqualTo(2);
        assertThat(run("export -o file --nonsense").err()).contains("Unknown option: '--nonsense'");
    }

    @Test
    void holdsAPolicyOnWhatItSelectsUntilItIsReleased() {
        String held = "get imgpol my-app -o jsonpath={.metadata.annotations}";
        assertThat(run("hold imgpol my-app").out()).isEqualTo("ImagePolicy flux-system/my-app held: 1.4.2\n");
        assertThat(run(held).out()).contains("\"tidemark.dev/hold\":\"1.4.2\"");
        assertThat(run("hold imgpol my-app --at !1.5.0").out()).endsWith("held: !1.5.0\n");

        assertThat(run("release imgpol my-app").out()).isEqualTo("ImagePolicy flux-system/my-app released\n");
        assertThat(run(held).out()).doesNotContain("hold");
    }

    /** Nobody reconciles it by itself. */
    @Test
    void saysItsVersionAndChecksWhatRuns() throws IOException {
        assertThat(run("version").out()).startsWith("tidemark ").contains("\nNothing runs on ");
        assertThat(run("check").code()).isEqualTo(1);
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.isReady("");
            assertThat(run("check").out()).endsWith("All checks passed.\n");
            services.answers(503, "");
            assertThat(run("check").code()).isEqualTo(1);
        }
    }

    /** What is old has an age in years, which is replaced by a text as wide: this way columns stay where they are. */
    private String settled(String out) {
        return out.replace(state.toString(), "STATE").replaceAll("\\b\\d\\dy\\b", "AGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "get imgpol --nonsense", "up", ""})
    void aWrongCommandLineSaysWhereHelpIs(String arguments) {
        Ran result = Ran.command(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.err())
                .startsWith("tidemark: ")
                .contains(" --help' shows what it takes.")
                .hasLineCount(1);
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void everyCommandHasHelp() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            Ran result = Ran.command(name, "--help");

            assertThat(result.out()).as(name).contains("Usage: tidemark " + name);
            assertThat(result.code()).isZero();
        });
    }

    @Test
    void suspendingLaysASettingOverTheManifest() throws IOException {
        String manifest = Files.readString(state.resolve("manifests/declared.yaml"));

        Ran suspended = run("suspend imageupdateautomation flux-system");

        assertThat(suspended.out()).isEqualTo("ImageUpdateAutomation flux-system/flux-system suspended\n");
        assertThat(run("get iua flux-system -o jsonpath={.spec.suspend}").out()).isEqualTo("true");
        assertThat(run("get iua flux-system -o jsonpath={.spec.interval}").out())
                .isEqualTo("5m");
        assertThat(run("status").out()).contains("Suspended (1)\n  ImageUpdateAutomation flux-system/flux-system");
        assertThat(run("resume image update flux-system").code()).isZero();
        assertThat(run("get iua flux-system -o jsonpath={.spec.suspend}").out()).isEqualTo("false");
        assertThat(state.resolve("manifests/declared.yaml")).hasContent(manifest);
    }

    @ParameterizedTest
    @CsvSource({
        "imagerepository my-app",
        "imagepolicy my-app",
        "imageupdateautomation flux-system",
        "gitrepository flux-system",
        "resourcesetinputprovider app-image-tag",
        "resourceset apps",
        "receiver hooks"
    })
    void everyKindIsSuspendedAndResumedAndShown(String object) throws IOException {
        Files.writeString(state.resolve("manifests/more.yaml"), """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata:
                  name: apps
                  namespace: flux-system
                  annotations: {fluxcd.controlplane.io/reconcile: Disabled}
                spec: {resources: []}
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata: {name: hooks, namespace: flux-system}
                spec: {type: generic, suspend: true, secretRef: {name: t}, resources: [{kind: ImageRepository, name: my-app}]}
                """);
        declared.read();
        String name = object.substring(object.indexOf(' ') + 1);

        assertThat(run("suspend " + object).code()).isZero();

        assertThat(run("get " + object).out()).containsPattern("\n" + name + " .*\\bTrue\\b");
        assertThat(run("status").out()).containsPattern("Suspended \\(\\d\\)\n(?:  .*\n)*  \\w+ flux-system/" + name);
        assertThat(run("reconcile " + object).code()).isEqualTo(1);

        assertThat(run("resume " + object).code()).isZero();

        assertThat(run("get " + object + " --no-headers").out()).containsPattern("\\bFalse\\b");
        assertThat(run("status").out()).doesNotContainPattern("flux-system/" + name + " +suspended");
    }

    @Test
    void aManifestThatDoesNotCountIsNotShown() throws IOException {
        Files.writeString(
                state.resolve("manifests/a-again.yaml"),
                KnownState.text("state/manifests/declared.yaml").replace(">=1.0.0 <2.0.0", ">=9.0.0"));
        declared.read();

        assertThat(run("get imgpol my-app -o jsonpath={.spec.policy.semver.range}")
                        .out())
                .isEqualTo(">=1.0.0 <2.0.0");
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        Path overrides = state.resolve("overrides");
        Files.delete(overrides);
        Files.writeString(overrides, "a file");

        Ran suspended = run("suspend imgpol my-app");

        assertThat(suspended.code()).isEqualTo(1);
        assertThat(suspended.err())
                .startsWith("tidemark: " + overrides.resolve("ImagePolicy/flux-system/my-app.yaml")
                        + " cannot be written (" + overrides)
                .hasLineCount(1);
    }

    @Test
    void aStateFolderThatCannotBeReadIsNamed() throws IOException {
        Files.writeString(state.resolve("manifests.json"), "{");

        assertThat(run("status").err())
                .startsWith(
                        "tidemark: the state folder " + state + " cannot be read: check who owns it (not valid YAML")
                .hasLineCount(1);
    }

    @Test
    void theLogsEndIsShown() throws IOException {
        Files.createDirectories(state.resolve("logs"));
        Files.writeString(state.resolve("logs/tidemark.log"), "one\ntwo\nthree\n");

        assertThat(run("logs --tail 2").out()).isEqualTo("two\nthree\n");
    }

    @Test
    void theLogOfAnObjectIsShown() throws IOException {
        Files.createDirectories(state.resolve("logs"));
        String policy = "2026-11-28 10:00:00,000 INFO  event=tag-selected resource=ImagePolicy/apps/a tag=1.1.0\n";
        Files.writeString(
                state.resolve("logs/tidemark.log"), policy + policy.replace("apps/a", "apps/b") + policy + "more\n");

        assertThat(run("logs --object imgpol/a -n apps").out()).isEqualTo(policy + policy + "more\n");
        assertThat(run("logs --object imgpol/a -n apps --tail 1").out()).isEqualTo("more\n");
        assertThat(run("logs --object a").err()).contains("there is no kind 'a'");
        assertThat(run("logs --object imgpol").err()).contains("one object, as KIND/NAME", "alert, provider");
        Ran unknown = run("logs --object imagepolicy/my-ap");
        assertThat(unknown.err()).contains("there is no ImagePolicy 'my-ap' in namespace", "did you mean my-app?");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(run("logs --object imagepolicy/my-app"))
                .matches(quiet -> quiet.code() == 0 && quiet.err().contains("No line is about ImagePolicy/"));
    }

    @Test
    void nothingFoundIsNoError() {
        Ran result = run("get receivers");

        assertThat(result).isEqualTo(new Ran(0, "", "No resources found in flux-system namespace.\n"));
    }

    private Ran run(String arguments) {
        return Ran.on(state, arguments);
    }
}
