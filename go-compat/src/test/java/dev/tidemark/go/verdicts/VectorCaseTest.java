package dev.tidemark.go.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A number belongs to its case: the others of a family are read whatever it is. */
class VectorCaseTest {

    private static List<VectorCase> cases(String... numbers) throws IOException {
        String all = IntStream.range(0, numbers.length)
                .mapToObj(i -> "{\"id\": \"c-%d\", \"input\": {\"list\": [%s]}, \"expected\": {\"n\": 1}}"
                        .formatted(i, numbers[i]))
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        byte[] file = ("{\"cases\": [" + all + "]}").getBytes(StandardCharsets.UTF_8);
        try (Stream<VectorCase> cases = VectorFiles.cases(new ByteArrayInputStream(file))) {
            return cases.toList();
        }
    }

    private static Number number(VectorCase vector) {
        JsonNode first = vector.input().path("list").path(0);
        assertThat(first.isNumber()).isTrue();
        return first.numberValue();
    }

    @Test
    void numbersAreThoseOfGo() throws IOException {
        assertThat(cases(
                                "123456789012345678901234567890",
                                "1.0",
                                "1e3",
                                "-0",
                                "1",
                                "9223372036854775807",
                                "9223372036854775808",
                                "-9223372036854775808",
                                "1e-400",
                                "9".repeat(308),
                                "1." + "0".repeat(5_000) + "1")
                        .stream()
                        .map(VectorCaseTest::number))
                .containsExactly(
                        1.2345678901234568e29,
                        1.0,
                        1000.0,
                        0L,
                        1L,
                        Long.MAX_VALUE,
                        0x1p63,
                        Long.MIN_VALUE,
                        0.0,
                        1e308,
                        1.0);
    }

    @Test
    void whatGoCannotReadFailsByItself() throws IOException {
        List<VectorCase> cases = cases("1", "1e400", "2", "-1e99999999999", "9".repeat(2_000), "3");

        assertThat(cases).extracting(VectorCase::id).containsExactly("c-0", "c-1", "c-2", "c-3", "c-4", "c-5");
        for (int i : new int[] {1, 3, 4}) {
            assertThat(cases.get(i).expects("n")).isTrue();
            assertThatThrownBy(() -> cases.get(i).input())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("c-" + i + " holds ");
        }
        assertThat(Stream.of(0, 2, 5).map(i -> number(cases.get(i)))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> VectorCase.of("unheard-of")).hasMessageContaining("vectors/unheard-of.json");
    }
}
