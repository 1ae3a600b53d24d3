package dev.tidemark.gotemplates.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.FunctionSet;
import dev.tidemark.gotemplates.Template;
import dev.tidemark.gotemplates.TemplateEngine;
import dev.tidemark.gotemplates.error.TemplateException;
import dev.tidemark.gotemplates.exec.MissingKey;
import dev.tidemark.gotemplates.limits.Bounds;
import dev.tidemark.gotemplates.value.TypedMap;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Any text as a template: it ends, it fails with nothing but a {@link TemplateException}, and it writes no more than
 * its bound. The first byte of an input chooses the engine, the rest is the template.
 */
class TemplateFuzzTest {
    /** Small enough that an execution within them takes milliseconds. */
    private static final Bounds BOUNDS = Bounds.defaults()
            .withOutputLength(100_000)
            .withTextLength(50_000)
            .withListLength(5_000)
            .withSteps(200_000)
            .withHeavyCalls(0);

    private static final long SEED = 20_261_122;
    private static final TemplateEngine GO = engine(FunctionSet.builtIn(), "{{", "}}", MissingKey.NO_VALUE);
    private static final TemplateEngine COMMIT = engine(FunctionSet.commitMessage(), "{{", "}}", MissingKey.NO_VALUE);
    private static final TemplateEngine RESOURCES = engine(FunctionSet.resourceSet(), "<<", ">>", MissingKey.ERROR);

    private static TemplateEngine engine(FunctionSet functions, String left, String right, MissingKey missingKey) {
        return TemplateEngine.builder()
                .functions(functions)
                .delimiters(left, right)
                .missingKey(missingKey)
                .bounds(BOUNDS)
                .clock(Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC))
                .random(new Random(SEED))
                .build();
    }

    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "templates.dict")
    void templates(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        String text = Utf8.string(Arrays.copyOfRange(input, 1, input.length));
        StringBuilder out = new StringBuilder();
        try {
            switch (input[0] % 3) {
                case 0 -> GO.parse("fuzz", text).execute(data(), out);
                case 1 -> COMMIT.parse("fuzz", text).execute(data(), out);
                default -> resources(text, out);
            }
        } catch (TemplateException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            assertThat(e).hasNoCause();
        }
        assertThat(out.length()).isLessThanOrEqualTo(BOUNDS.outputLength());
    }

    private static void resources(String text, StringBuilder out) throws IOException {
        Template template = RESOURCES.parse("fuzz", text).bind("inputs", data());
        template.execute(null, out);
    }

    private static Map<String, @Nullable Object> data() {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("s", "na\u00efve \ud83d\ude80");
        data.put("i", 5L);
        data.put("f", 1.5);
        data.put("t", true);
        data.put("nil", null);
        data.put("l", List.of("c", "a", "b"));
        data.put("m", Map.of("a", 1L, "z", List.of(Map.of("k", "v"))));
        data.put("typed", TypedMap.strings(Map.of("x", "y")));
        return data;
    }
}
