package dev.tidemark.benchmarks.bench;

import dev.tidemark.benchmarks.bench.cases.Scale;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param cases their names; none for all
 */
record Options(Scale scale, Optional<Path> compare, Path out, List<String> cases, boolean help) {

    /** @throws IllegalArgumentException with what is wrong and the remedy */
    static Options parse(Path home, List<String> words) {
        Scale scale = Scale.WHOLE;
        Optional<Path> compare = Optional.empty();
        Path out = home.resolve("target/bench.json");
        List<String> cases = new ArrayList<>();
        boolean help = false;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            switch (word) {
                case "--quick" -> scale = Scale.QUICK;
                case "--compare" -> compare = Optional.of(file(word, rest));
                case "--out" -> out = file(word, rest);
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
        return new Options(scale, compare, out, List.copyOf(cases), help);
    }

    private static Path file(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.element().startsWith("-")) {
            throw new IllegalArgumentException(option + " wants a file: write " + option + " FILE");
        }
        return Path.of(rest.remove());
    }
}
