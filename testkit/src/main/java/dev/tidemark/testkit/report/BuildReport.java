package dev.tidemark.testkit.report;

import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints what the build found out about the project, and fails for what must not be. */
public final class BuildReport {

    /** From here on a class deserves a hard look; the house rules fail the build at 400. */
    private static final int WORTH_A_LOOK = 150;

    /** Where to begin when a build has become slow. */
    private static final int SLOWEST = 20;

    private final SourceTree tree;
    private final List<Coverage> coverage;
    private final TestRuns runs;
    private final boolean allMustRun;

    BuildReport(SourceTree tree, List<Coverage> coverage, TestRuns runs, boolean allMustRun) {
        this.tree = tree;
        this.coverage = coverage;
        this.runs = runs;
        this.allMustRun = allMustRun;
    }

    /** Run by Maven after the last module. */
    public static void main(String[] args) {
        Path root = SourceTree.root();
        BuildReport report = new BuildReport(
                SourceTree.read(root), Coverage.below(root), TestRuns.below(root), "true".equals(System.getenv("CI")));
        System.out.println(report.text());
        List<String> faults = report.faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("; ", faults));
        }
    }

    /** What must not be. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (FrameworkShare share : FrameworkShare.of(tree)) {
            if (share.isTooLarge()) {
                faults.add("the framework's share of " + share.service() + " is " + share.percent() + " %, more than "
                        + FrameworkShare.MOST_PERCENT + " %: move decisions into domain");
            }
        }
        if (allMustRun && !runs.skipped().isEmpty()) {
            faults.add("CI=true allows no skipped test: " + runs.skipped());
        }
        return faults;
    }

    String text() {
        StringBuilder text = new StringBuilder("\nBuild report\n\nLine coverage, each module by its own tests\n");
        coverage.forEach(
                c -> line(text, c.module(), c.percent() + " %", "of " + (c.covered() + c.missed()) + " lines"));
        text.append("\nFramework share of main code, at most ")
                .append(FrameworkShare.MOST_PERCENT)
                .append(" %\n");
        FrameworkShare.of(tree).forEach(s -> line(text, s.service(), s.percent() + " %", "of " + s.lines() + " lines"));
        sizes(text);
        text.append("\nTests: ")
                .append(runs.tests())
                .append(", skipped ")
                .append(runs.skipped().size())
                .append('\n');
        runs.skipped().forEach(test -> text.append("  ").append(test).append('\n'));
        text.append("\nTime in tests: ").append(runs.total().toSeconds()).append(" s; the slowest:\n");
        runs.slowest(SLOWEST)
                .forEach(test -> text.append(String.format(
                        Locale.ROOT, "  %6.1f s  %s%n", test.time().toMillis() / 1000.0, test.name())));
        return text.toString();
    }

    private void sizes(StringBuilder text) {
        List<SourceFile> files = tree.mainJava()
                .filter(f -> !f.path().endsWith("/package-info.java"))
                .sorted(Comparator.comparingInt(SourceFile::lines))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        text.append("\nMain classes: ")
                .append(files.size())
                .append(", median ")
                .append(files.get(files.size() / 2).lines())
                .append(" lines, nine of ten below ")
                .append(files.get(files.size() * 9 / 10).lines())
                .append(", largest ")
                .append(files.getLast().lines())
                .append("; above ")
                .append(WORTH_A_LOOK)
                .append(":\n");
        files.reversed().stream()
                .takeWhile(f -> f.lines() > WORTH_A_LOOK)
                .forEach(f -> text.append(String.format(Locale.ROOT, "  %4d  %s%n", f.lines(), f.path())));
    }

    private static void line(StringBuilder text, String name, String value, String of) {
        text.append(String.format(Locale.ROOT, "  %-20s %6s  %s%n", name, value, of));
    }
}
