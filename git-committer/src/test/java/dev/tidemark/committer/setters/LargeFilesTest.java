package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Policy;
import dev.tidemark.flux.ImageRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of megabytes in shapes for which looking around each value would take the square of their length: hours. */
class LargeFilesTest {

    private static final int CHARACTERS = 1_000_000;
    private static final String MARKED = "tag: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";

    @ParameterizedTest
    @ValueSource(strings = {"0,", "'a', ", "{a: b},", "[a],", "0 ,\t"})
    void aListInOneLine(String item) {
        edits("list: [" + item.repeat(CHARACTERS / item.length()) + "0]\n" + MARKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# commented out\n", "#\r\n", "  # a\n"})
    void commentsAboveAnItem(String line) {
        edits("list:\n" + line.repeat(CHARACTERS / line.length()) + "- v1\n" + MARKED);
    }

    private static void edits(String text) {
        var policies = List.of(new Policy("apps", "web", new ImageRef("ghcr.io/acme/web", "v2", null)));
        var update = new YamlSetters().apply(new TextTree(Map.of("a.yaml", text), Map.of()), null, "apps", policies);

        assertThat(update.findings()).isEmpty();
        assertThat(update.contents().get("a.yaml"))
                .isEqualTo(text.substring(0, text.length() - MARKED.length()) + MARKED.replace("v1", "v2"));
    }
}
