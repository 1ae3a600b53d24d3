package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.image.ImageReference;
import dev.tidemark.policies.image.RepositoryName;
import java.nio.charset.StandardCharsets;

/** Any text as an image reference: it is taken or refused with a reason, and what is taken reads back as itself. */
class ImageReferenceFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void references(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (ImageReference.parse(text) instanceof Parsed.Value<ImageReference>(ImageReference reference)) {
            assertThat(ImageReference.parse(reference.name()))
                    .isInstanceOfSatisfying(
                            Parsed.Value.class, again -> assertThat(((ImageReference) again.value()).name())
                                    .isEqualTo(reference.name()));
        }
        ImageReference.parseStrict(text);
        ImageReference.parseImageField(text);
        RepositoryName.parseOciAddress(text);
    }
}
