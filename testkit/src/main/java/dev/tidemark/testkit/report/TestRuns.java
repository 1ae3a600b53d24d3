package dev.tidemark.testkit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests of a build.
 *
 * @param cases each with the time it took; what a class prepares for all its tests is nobody's
 * @param skipped each with the reason it gave
 */
public record TestRuns(List<Case> cases, List<String> skipped) {

    /** One test. */
    public record Case(String name, Duration time) {}

    private static final List<String> REPORTS = List.of("target/surefire-reports", "target/failsafe-reports");
    private static final Pattern CASE = Pattern.compile(
            "<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"([^>]*?)(?:/>|>(.*?)</testcase>)", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("time=\"([0-9,.]+)\"");
    private static final Pattern SKIPPED = Pattern.compile("<skipped(?: message=\"([^\"]*)\")?");

    /** Reads the reports of the modules below {@code root}. */
    public static TestRuns below(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            List<String> reports = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                for (String folder : REPORTS) {
                    reports.addAll(reports(module.resolve(folder)));
                }
            }
            return parse(reports);
        } catch (IOException e) {
            throw new UncheckedIOException("the test reports below " + root + " cannot be read", e);
        }
    }

    private static List<String> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (String.valueOf(file.getFileName()).matches("TEST-.*\\.xml")) {
                    texts.add(Files.readString(file));
                }
            }
            return texts;
        }
    }

    static TestRuns parse(List<String> reports) {
        List<Case> cases = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (String report : reports) {
            for (Matcher test = CASE.matcher(report); test.find(); ) {
                String name = test.group(2) + '.' + test.group(1);
                cases.add(new Case(name, time(test.group(3))));
                Matcher skip = SKIPPED.matcher(test.group(4) == null ? "" : test.group(4));
                if (skip.find()) {
                    skipped.add(name + ": " + skip.group(1));
                }
            }
        }
        return new TestRuns(List.copyOf(cases), List.copyOf(skipped));
    }

    /** In seconds, with commas between thousands. */
    private static Duration time(String attributes) {
        Matcher time = TIME.matcher(attributes);
        return time.find()
                ? Duration.ofMillis(Math.round(Double.parseDouble(time.group(1).replace(",", "")) * 1000))
                : Duration.ZERO;
    }

    /** How many there were. */
    public int tests() {
        return cases.size();
    }

    /** The time of all together. */
    public Duration total() {
        return cases.stream().map(Case::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** Those that took longest, slowest first. */
    public List<Case> slowest(int count) {
        return cases.stream()
                .sorted(Comparator.comparing(Case::time).reversed())
                .limit(count)
                .toList();
    }
}
