package dev.tidemark.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} shows what {@link Metric} has. */
class MetricsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("tidemark.root", ".."), "docs/metrics.md");
    private static final String BEGIN = "<!-- metrics: made by MetricsPageTest -->\n";
    private static final String END = "<!-- end of metrics -->\n";

    /** Run with {@code -Dtidemark.update-docs=true} to write it anew. */
    @Test
    void thePageShowsWhatIsMeasured() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String rendered = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(PAGE, rendered);
        }
        assertThat(PAGE).content().isEqualTo(rendered);
    }

    private static String table() {
        return Arrays.stream(Metric.values())
                .map(metric -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                metric.served(),
                                metric.type().name().toLowerCase(Locale.ROOT),
                                metric.labels().stream()
                                        .map(label -> '`' + label + '`')
                                        .collect(Collectors.joining(", ")),
                                metric.help()))
                .collect(Collectors.joining("", "| name | type | labels | what it tells |\n|---|---|---|---|\n", ""));
    }
}
