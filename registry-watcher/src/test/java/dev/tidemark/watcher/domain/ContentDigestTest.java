package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.watcher.domain.Registry.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"sha256:A", "sha512:AA", "blake3:A"})
    void takesDigests(String form) {
        assertThat(ContentDigest.isValid(form.replace("A", HEX))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "sha256:", ":A", "sha256:AA", "sha512:A", "SHA256:A", "sha256:Ag", " sha256:A", "x:1"})
    void takesNothingElse(String form) {
        assertThat(ContentDigest.isValid(form.replace("A", HEX))).isFalse();
    }

    /** What once stopped the watcher for ever (faults P1). */
    @Test
    void sixtyFourCharactersThatAreNotHexadecimalAreNoDigest() {
        for (String text : new String[] {"z".repeat(64), HEX.toUpperCase(java.util.Locale.ROOT), "é".repeat(64)}) {
            assertThatThrownBy(() -> new Resolution.Found("sha256:" + text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
