package dev.tidemark.testkit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests of a build.
 *
 * @param skipped each with the reason it gave
 */
public record TestRuns(int tests, List<String> skipped) {

    private static final List<String> REPORTS = List.of("target/surefire-reports", "target/failsafe-reports");
    private static final Pattern CASE = Pattern.compile(
            "<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"[^>]*?(?:/>|>(.*?)</testcase>)", Pattern.DOTALL);
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
        int tests = 0;
        List<String> skipped = new ArrayList<>();
        for (String report : reports) {
            for (Matcher test = CASE.matcher(report); test.find(); tests++) {
                Matcher skip = SKIPPED.matcher(test.group(3) == null ? "" : test.group(3));
                if (skip.find()) {
                    skipped.add(test.group(2) + '.' + test.group(1) + ": " + skip.group(1));
                }
            }
        }
        return new TestRuns(tests, List.copyOf(skipped));
    }
}
