package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void masksTheUserInformationOfEveryScheme() {
        assertThat(Redaction.ofUrls().apply("cannot reach ssh://user:pa@ss@git.example/x, https://tok@h/y?a=b@c: gone"))
                .isEqualTo("cannot reach ssh://***@git.example/x, https://***@h/y?a=b@c: gone");
    }

    @Test
    void masksWhatTheOperationUsedLongestFirst() {
        Redaction redaction = Redaction.of(List.of("secret", "secret-and-more", "ab"));
        assertThat(redaction.apply("401: secret-and-more is not secret, ab neither"))
                .isEqualTo("401: *** is not ***, ab neither");
    }
}
