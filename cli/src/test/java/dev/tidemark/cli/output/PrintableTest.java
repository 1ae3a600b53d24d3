package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void nothingSpeaksToTheTerminal() {
        assertThat(Printable.lines("ada\u001b]0;owned\u0007\u009b2J\u202E\r"))
                .isEqualTo("ada\\u001b]0;owned\\u0007\\u009b2J\\u202e\\u000d");
    }

    @Test
    void tablesAndNamesStayAsTheyAre() {
        String table = "NAME   STATUS\nweb\tZoë 山田 😀\n";
        assertThat(Printable.lines(table)).isSameAs(table);
    }
}
