package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.gotemplates.error.TemplateException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated templates and what Go makes of them, see {@code src/test/go/functions}. */
class FunctionVerdictsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Map<String, TemplateEngine> ENGINES = Map.of(
            "m",
                    TemplateEngine.builder()
                            .functions(FunctionSet.commitMessage())
                            .clock(CLOCK)
                            .build(),
            "r",
                    TemplateEngine.builder()
                            .functions(FunctionSet.resourceSet())
                            .clock(CLOCK)
                            .build());

    @ParameterizedTest
    @ValueSource(strings = {"printf", "literals", "urls", "dates", "slugs", "everything"})
    void agreesWithGo(String chunk) throws IOException {
        var different = new ArrayList<String>();
        String file = "/go/functions-" + chunk + ".txt";
        try (InputStream in = Objects.requireNonNull(FunctionVerdictsTest.class.getResourceAsStream(file), file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var verdict = new ArrayList<String>();
                for (String field : line.split("\t", -1)) {
                    verdict.add(JSON.readValue(field, String.class));
                }
                String actual = result(verdict);
                if (!actual.equals(verdict.getLast())) {
                    different.add("Go: " + verdict + "\n    here: " + actual);
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private static String result(List<String> verdict) {
        TemplateEngine engine = Objects.requireNonNull(ENGINES.get(verdict.get(0)));
        try {
            return "=" + engine.parse("t", verdict.get(1)).render(null);
        } catch (TemplateException e) {
            return "-";
        }
    }
}
