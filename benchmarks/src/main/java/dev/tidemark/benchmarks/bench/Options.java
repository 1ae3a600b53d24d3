package dev.tidemark.benchmarks.bench;

import dev.tidemark.benchmarks.bench.cases.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param checkout what is measured, this one unless another is named
 * @param registryDelay how long the registry waits before each answer
 * @param cases their names; none for all
 */
record Options(
        Scale scale,
        Path checkout,
        Duration registryDelay,
        Optional<Path> compare,
        Path out,
        List<String> cases,
        boolean help) {

    /** @throws IllegalArgumentException with what is wrong and the remedy */
    static Options parse(Path home, List<String> words) {
        Scale scale = Scale.WHOLE;
        Path checkout = home;
        Duration registryDelay = Duration.ZERO;
        Optional<Path> compare = Optional.empty();
        Path out = home.resolve("target/bench.json");
        List<String> cases = new ArrayList<>();
        boolean help = false;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            switch (word) {
                case "--quick" -> scale = Scale.QUICK;
                case "--checkout" ->
                    checkout =
                            Path.of(value(word, "DIR", rest)).toAbsolutePath().normalize();
                case "--registry-delay" -> registryDelay = millis(word, rest);
                case "--compare" -> compare = Optional.of(Path.of(value(word, "FILE", rest)));
                case "--out" -> out = Path.of(value(word, "FILE", rest));
                case "-h", "--help" -> help = true;
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException(
                                "there is no option " + word + "; './tidemark bench --help' shows all");
                    }
                    cases.add(word);
                }
            }
        }
        return new Options(scale, checkout, registryDelay, compare, out, List.copyOf(cases), help);
    }

    private static String value(String option, String what, Deque<String> rest) {
        if (rest.isEmpty() || rest.element().startsWith("-")) {
            throw new IllegalArgumentException(option + " lacks its value: write " + option + ' ' + what);
        }
        return rest.remove();
    }

    private static Duration millis(String option, Deque<String> rest) {
        String text = value(option, "MILLISECONDS", rest);
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(option + ' ' + text + " is no number of milliseconds: write 0 to 99999");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }
}
