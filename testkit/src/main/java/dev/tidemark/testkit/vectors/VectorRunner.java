package dev.tidemark.testkit.vectors;

import dev.tidemark.testkit.house.SourceTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the vectors of a folder against the product: {@code ./tidemark test --vectors DIR}. Java runs this file from its
 * source, so that it needs no build: it and what it uses must do with the JDK.
 */
public final class VectorRunner {

    /** The system property by which tests learn of the folder. */
    private static final String FOLDER = "tidemark.vectors";

    private final Path root;
    private final PrintStream results;
    private final PrintStream progress;

    VectorRunner(Path root, PrintStream results, PrintStream progress) {
        this.root = root;
        this.results = results;
        this.progress = progress;
    }

    /** Arguments: the project's root and the folder. Exits with 0 when no case failed. */
    public static void main(String[] args) {
        boolean good;
        try {
            good = new VectorRunner(Path.of(args[0]), System.out, System.err).run(Path.of(args[1]));
        } catch (VectorRunException e) {
            System.err.println("tidemark: " + e.getMessage());
            good = false;
        }
        System.exit(good ? 0 : 1);
    }

    /** Whether no case failed. */
    boolean run(Path folder) throws VectorRunException {
        List<VectorFile> files = VectorFile.in(folder);
        List<VectorTest> tests = VectorTest.in(SourceTree.read(root)).stream()
                .filter(test -> files.stream()
                        .anyMatch(file -> file.family().equals(test.family())
                                && !file.ids().isEmpty()))
                .toList();
        Path log = root.resolve("target/vectors.log");
        if (!tests.isEmpty()) {
            forgetOldReports(tests);
            new MavenRun(root, log, progress).run(arguments(folder, tests));
        }
        boolean good = true;
        for (VectorFile file : files) {
            List<VectorTest> own = tests.stream()
                    .filter(test -> test.family().equals(file.family()))
                    .toList();
            if (own.isEmpty() && file.problems().isEmpty()) {
                results.println(file.family() + ": cannot be run yet");
                continue;
            }
            FamilyResult result = result(file, own);
            result.lines().forEach(results::println);
            if (result.notRun() > 0) {
                progress.println("tidemark: " + file.family() + ": no test ran " + result.notRun() + " of the cases");
            }
            good &= result.failed().isEmpty();
        }
        if (!good) {
            progress.println("tidemark: what the failed cases expected is in " + log);
        }
        return good;
    }

    private void forgetOldReports(List<VectorTest> tests) throws VectorRunException {
        for (VectorTest test : tests) {
            try {
                Files.deleteIfExists(ClassReport.file(root, test));
            } catch (IOException e) {
                throw new VectorRunException("the report of an earlier run cannot be removed: " + e);
            }
        }
    }

    /** Failed tests do not end the build: their reports are what is wanted. */
    private static List<String> arguments(Path folder, List<VectorTest> tests) {
        return List.of(
                "-Dquick",
                "-Dmaven.test.failure.ignore=true",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dtest=" + joined(tests.stream().map(VectorTest::className)),
                "-D" + FOLDER + "=" + folder.toAbsolutePath(),
                "-pl",
                joined(tests.stream().map(VectorTest::module)),
                "-am",
                "test");
    }

    private static String joined(Stream<String> names) {
        return names.distinct().collect(Collectors.joining(","));
    }

    private FamilyResult result(VectorFile file, List<VectorTest> tests) {
        try {
            List<ClassReport> reports = new ArrayList<>();
            for (VectorTest test : tests) {
                reports.add(ClassReport.read(root, test));
            }
            return FamilyResult.of(file, reports);
        } catch (VectorRunException e) {
            progress.println("tidemark: " + file.family() + ": " + e.getMessage());
            return FamilyResult.allFailed(file);
        }
    }
}
