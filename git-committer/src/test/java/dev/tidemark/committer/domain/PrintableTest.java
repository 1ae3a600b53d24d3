package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cannot open ssh://me:hunter22@git.example/x         | cannot open ssh://***@git.example/x
            cannot open 'me:hunter22@git.example:org/x.git': no | cannot open '***@git.example:org/x.git': no
            git@git.example:org/x.git not found                 | git@git.example:org/x.git not found
            image web:1.0@sha256:abc of ghcr.io                 | image web:1.0@sha256:abc of ghcr.io
            mail to me@example.org: now                         | mail to me@example.org: now
            """)
    void masksPasswordsInUrlsOfEveryForm(String text, String shown) {
        assertThat(Printable.withoutLogins(text)).isEqualTo(shown);
    }

    @Test
    void cutsAndNeverThroughACharacter() {
        assertThat(Printable.cut("a".repeat(9) + "😀b", 11)).isEqualTo("a".repeat(9) + "…");
        assertThat(Printable.cut("short", 10)).isEqualTo("short");
        assertThat(Printable.text("red\u001b[31m\nline\u202e")).isEqualTo("red [31m line");
    }
}
