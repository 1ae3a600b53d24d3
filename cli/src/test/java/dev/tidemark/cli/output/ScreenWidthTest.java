package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenWidthTest {

    /** Widths as glibc's wcwidth has them. */
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "my-app, 6",
        "Grüße…, 6",
        "应用, 4",
        "アプリ, 6",
        "ｱﾌﾟﾘ, 4",
        "서비스, 6",
        "（全）, 6",
        "𠀀, 2",
        "e\u0301, 1",
        "a\u200Bb, 2",
        "🚀, 2",
        "→, 1"
    })
    void isThatOfATerminal(String text, int width) {
        assertThat(ScreenWidth.of(text)).isEqualTo(width);
    }

    @Test
    void columnsStayColumns() {
        assertThat(Tables.align(List.of(List.of("NAME", "TAG"), List.of("应用程序", "1"), List.of("my-app", "2"))))
                .isEqualTo("""
                        NAME       TAG
                        应用程序   1
                        my-app     2
                        """);
    }
}
