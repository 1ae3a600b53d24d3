package dev.tidemark.policies.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.verdicts.GoVerdicts;
import dev.tidemark.policies.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generated references as go-containerregistry reads them, see {@code src/test/go/image}. */
class ImageReferenceVerdictsTest {

    @Test
    void readsWhatGoReadsAndNothingElse() {
        List<String> different = new ArrayList<>();
        for (List<String> verdict : GoVerdicts.read("image-names.txt")) {
            String text = verdict.getFirst();
            List<String> actual = List.of(
                    text,
                    shown(ImageReference.parse(text)),
                    shown(ImageReference.parseStrict(text)),
                    RepositoryName.parse(text) instanceof Parsed.Value<RepositoryName>(RepositoryName name)
                            ? name.canonical()
                            : "-");
            if (!actual.equals(verdict)) {
                different.add("Go: " + verdict + "\n    here: " + actual);
            }
        }
        assertThat(different).isEmpty();
    }

    private static String shown(Parsed<ImageReference> parsed) {
        return switch (parsed) {
            case Parsed.Malformed<ImageReference> malformed -> "-";
            case Parsed.Value<ImageReference>(ImageReference reference) ->
                String.join(
                        "|",
                        reference.digest() == null ? "tag" : "digest",
                        reference.repository().registry(),
                        reference.repository().repository(),
                        reference.identifier(),
                        reference.repository().isPlainHttpHost() ? "http" : "https");
        };
    }
}
