package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody could use: {@code dead-letters}, and what {@code status} says of it. */
class DeadLettersCommandTest {

    private static final String TWO = """
            {"topics": [{"topic": "tag-selected", "count": 2, "more": false, "since": "2026-01-28T10:00:00Z", "newest": [
              {"at": "2026-01-28T10:00:00Z", "key": "apps/a", "partition": 1, "offset": 7, "reason": "the record has no key"},
              {"at": "2026-01-28T11:00:00Z", "key": "apps/b", "partition": 0, "offset": 9, "reason": "not an event"}]}]}""";

    private final Path state;

    DeadLettersCommandTest(@TempDir Path folder) throws IOException {
        this.state = folder.resolve("state");
        KnownState.in(state);
    }

    private Ran run(String arguments) {
        return Ran.on(state, arguments);
    }

    @Test
    void theyAreShownWithTheirReasons() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(200, TWO);
            Ran shown = run("dead-letters");
            assertThat(shown.out())
                    .startsWith("tag-selected: 2 since 2026-01-28T10:00:00Z\n  AT ")
                    .containsPattern("2026-01-28T11:00:00Z +0 +9 +apps/b +not an event\n");
            assertThat(services.asked()).containsExactly("/policy-evaluator/dead-letters Bearer s3cret");
        }
    }

    @Test
    void theyAreForgottenByWhoeverHasTheToken() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(200, TWO);
            assertThat(run("dead-letters --clear tag-selected").out()).isEqualTo("Forgotten: 2 of tag-selected\n");
            assertThat(services.asked())
                    .containsExactly("/policy-evaluator/dead-letters?topic=tag-selected Bearer s3cret");
            services.answers(200, "{\"topics\": []}");
            assertThat(run("dead-letters --clear").out()).isEqualTo("No dead letters.\n");
            assertThat(run("dead-letters tag-selected").err()).contains("a TOPIC goes with --clear");
        }
    }

    @Test
    void statusSaysHowManySinceWhenAndWhatToType() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state)) {
            services.answers(200, TWO);
            assertThat(run("status").out()).containsPattern("""
                            ^Dead letters: records that nobody could use, .*
                              tag-selected   2   not an event   for \\d\\S+
                              './tidemark dead-letters' shows them; with --clear they are forgotten.

                            """);

            String json = run("status -o json").out();

            assertThat(Tree.parse(json).trees("deadLetters")).singleElement().satisfies(pile -> assertThat(
                            pile.text("topic") + ' ' + pile.text("count") + ' ' + pile.text("since"))
                    .isEqualTo("tag-selected 2 2026-01-28T10:00:00Z"));
            assertThat(faults(json)).isEmpty();
            assertThat(faults(json.replace("\"deadLetters\"", "\"dead\""))).isNotEmpty();
        }
    }

    /** Where all is well but for them, too. */
    @Test
    void theExitCodeSaysThatThereAreSome() throws IOException {
        Path empty = state.resolveSibling("nothing declared");
        try (FakeEvaluator services = FakeEvaluator.of(empty)) {
            services.answers(200, "{\"topics\": []}");
            assertThat(Ran.command("status", "--exit-code", "--state", empty.toString())
                            .code())
                    .isZero();
            services.answers(200, TWO);
            assertThat(Ran.command("status", "--exit-code", "--state", empty.toString())
                            .code())
                    .isEqualTo(1);
        }
    }

    /** Services of which the state folder knows nothing: four processes, as a rule. */
    @Test
    void statusAsksServicesAtAnAddress() throws IOException {
        try (FakeEvaluator services = FakeEvaluator.of(state.resolveSibling("elsewhere"))) {
            services.answers(200, TWO);
            String server = "http://127.0.0.1:" + services.port();
            assertThat(run("status --server " + server).out())
                    .startsWith("Dead letters: ")
                    .contains("\nThe services at " + server + " are ready.\n");
            services.answers(503, "{\"error\": \"2 others read the log at this moment: try again\"}");
            assertThat(run("status --server " + server).out())
                    .startsWith(
                            "Not known, whether something is halted or lies among the dead letters: 2 others read the"
                                    + " log at this moment: try again.\n\n")
                    .contains(" are NOT READY: ");
        }
    }

    private static Set<ValidationMessage> faults(String json) throws IOException {
        Path root = Path.of(System.getProperty("tidemark.root", ".."));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(root.resolve("docs/status.schema.json")))
                .validate(json, InputFormat.JSON);
    }
}
