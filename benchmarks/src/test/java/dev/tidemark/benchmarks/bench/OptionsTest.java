package dev.tidemark.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.benchmarks.bench.cases.Case;
import dev.tidemark.benchmarks.bench.cases.Cases;
import dev.tidemark.benchmarks.bench.cases.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Path HOME = Path.of("checkout");

    @Test
    void nothingMeansEverything() {
        assertThat(Options.parse(HOME, List.of()))
                .isEqualTo(new Options(
                        Scale.WHOLE,
                        HOME,
                        Duration.ZERO,
                        Optional.empty(),
                        HOME.resolve("target/bench.json"),
                        List.of(),
                        false));
    }

    @Test
    void optionsAndCasesComeInAnyOrder() {
        assertThat(Options.parse(
                        HOME,
                        List.of(("burst --out new.json --quick --checkout /elsewhere start --registry-delay 20"
                                        + " --compare old.json")
                                .split(" ", -1))))
                .isEqualTo(new Options(
                        Scale.QUICK,
                        Path.of("/elsewhere"),
                        Duration.ofMillis(20),
                        Optional.of(Path.of("old.json")),
                        Path.of("new.json"),
                        List.of("burst", "start"),
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--out", "--compare --quick", "-q", "--checkout", "--registry-delay 2s"})
    void whatIsWrongIsNamed(String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(HOME, List.of(words.split(" ", -1))))
                .withMessageContaining(words.split(" ", -1)[0]);
    }

    @ParameterizedTest
    @EnumSource
    void everyCaseHasANameOfItsOwn(Scale scale) {
        assertThat(Cases.of(scale)).extracting(Case::name).doesNotHaveDuplicates();
    }
}
