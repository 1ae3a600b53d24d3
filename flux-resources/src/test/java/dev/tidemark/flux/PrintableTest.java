package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void nothingMovesTheCursorOrForgesALine() {
        assertThat(Printable.line("\u001b[2Jada\r\nlifted\u0007\u009b\u007f\u2028"))
                .isEqualTo("\\u001b[2Jada\\u000d\\u000alifted\\u0007\\u009b\\u007f\\u2028");
        assertThat(Printable.line("a\u202Eb\u2066")).isEqualTo("a\\u202eb\\u2066");
    }

    @Test
    void linesAndTabsMayStay() {
        assertThat(Printable.lines("a\n\tb\u001b\r")).isEqualTo("a\n\tb\\u001b\\u000d");
    }

    @Test
    void tablesStayAsTheyAre() {
        String table = "NAME   STATUS\nweb\tZoë 山田 😀\n";
        assertThat(Printable.lines(table)).isSameAs(table);
    }

    @Test
    void nothingSpeaksToTheTerminal() {
        assertThat(Printable.lines("ada\u001b]0;owned\u0007\u009b2J\u202E\r"))
                .isEqualTo("ada\\u001b]0;owned\\u0007\\u009b2J\\u202e\\u000d");
    }

    @Test
    void whatPeopleWriteStaysAsItIs() {
        String name = "Zoë Ünal-Łoś 山田 😀";
        assertThat(Printable.line(name)).isSameAs(name);
    }
}
