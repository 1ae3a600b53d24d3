package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.systemtests.ConsolePage.Block;
import dev.tidemark.systemtests.ConsolePage.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolePageTest {

    private static final String PAGE = """
            # A page

            ## First

            ```console
            $ ./tidemark status
            Ready (2)

              all
            $ kubectl create \\
                secret
            $ kubectl apply -f - <<EOF
            kind: Secret
            EOF
            ```

            ## Second

            <!-- not run: needs a cloud -->
            ```console
            $ cloud
            ```

            <!-- ends with 1 -->
            ```console
            $ true
            $ false
            ```
            """;

    @Test
    void aPageHasCommandsWithWhatTheyPrintAndMarks() {
        assertThat(ConsolePage.of(PAGE).blocks())
                .containsExactly(
                        new Block(
                                5,
                                "First",
                                Optional.empty(),
                                List.of(
                                        new Step(6, "./tidemark status", List.of("Ready (2)", "", "  all"), 0),
                                        new Step(10, "kubectl create \\\n    secret", List.of(), 0),
                                        new Step(12, "kubectl apply -f - <<EOF\nkind: Secret\nEOF", List.of(), 0))),
                        new Block(
                                20,
                                "Second",
                                Optional.of("needs a cloud"),
                                List.of(new Step(21, "cloud", List.of(), 0))),
                        new Block(
                                25,
                                "Second",
                                Optional.empty(),
                                List.of(new Step(26, "true", List.of(), 0), new Step(27, "false", List.of(), 1))));
    }

    @Test
    void whatIsShownIsWrittenAnew() {
        ConsolePage page = ConsolePage.of(PAGE);

        ConsolePage written = page.with(page.blocks().getFirst().steps().getFirst(), List.of("Ready (3)"));

        assertThat(written.text()).isEqualTo(PAGE.replace("Ready (2)\n\n  all\n", "Ready (3)\n"));
        Step last = written.blocks().getFirst().steps().getLast();
        assertThat(written.with(last, List.of("applied")).text())
                .contains("\nkind: Secret\nEOF\napplied\n```\n\n## Second\n");
    }

    @Test
    void outputWithoutACommandIsAMistake() {
        assertThatThrownBy(() -> ConsolePage.of("```console\n./tidemark bench\n```\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("./tidemark bench");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ready after 5100 ms, at http://127.0.0.1:9292 | ready after 7 ms, at http://127.0.0.1:1 | true",
                "commit   7763889 by me | commit   a82482d by me | true",
                "NAME   AGE | NAME      AGE | true",
                "web   2m10s | web   5s | true",
                "Tag for … resolved | Tag for ghcr.io/my-org/my-app resolved | true",
                "Tag for … resolved | Tag for x refused | false",
                "web   1.2.0 | web   1.3.0 | false",
                "decided to defaced | decided to deceive | false",
                "\"a\n…\nd\" | \"a\nb\nc\nd\" | true",
                "\"a\n…\nd\" | \"a\nd\" | true",
                "\"…\nb\" | \"a\nc\" | false",
                "a | \"a\nb\" | false",
                "\"a\nb\" | a | false",
                "(.*) | x | false"
            })
    void whatVariesIsEqualAndNothingElse(String shown, String printed, boolean matches) {
        assertThat(Shown.matches(shown.lines().toList(), printed.lines().toList()))
                .isEqualTo(matches);
    }
}
