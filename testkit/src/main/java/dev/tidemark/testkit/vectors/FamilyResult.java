package dev.tidemark.testkit.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the vectors of a family did.
 *
 * @param passed how many cases
 * @param failed the ids of the others, in the file's order, then what is wrong with the file
 * @param notRun how many of the failed no test ran: what they are about the product does not do
 */
record FamilyResult(String family, int passed, List<String> failed, int notRun) {

    /** What Surefire puts before the display name of a test with parameters. */
    private static final Pattern METHOD = Pattern.compile("^\\w+\\([^)]*\\) ");

    /**
     * A case passed when a test ran it and no test of it failed. A test that failed without naming a case may have
     * kept any of them from running: then all of them failed.
     */
    static FamilyResult of(VectorFile file, List<ClassReport> reports) {
        Set<String> passed = new LinkedHashSet<>();
        Set<String> failed = new LinkedHashSet<>();
        for (ClassReport report : reports) {
            report.passed().forEach(name -> passed.add(id(file, name)));
            report.failed().forEach(name -> failed.add(id(file, name)));
        }
        boolean outsideTheCases = !file.ids().containsAll(failed);
        List<String> bad = new ArrayList<>();
        int notRun = 0;
        for (String id : file.ids()) {
            if (outsideTheCases || failed.contains(id) || !passed.contains(id)) {
                bad.add(id);
                notRun += failed.contains(id) || passed.contains(id) ? 0 : 1;
            }
        }
        int passedCases = file.ids().size() - bad.size();
        bad.addAll(file.problems());
        return new FamilyResult(file.family(), passedCases, bad, notRun);
    }

    /** All cases failed: a test class did not run. */
    static FamilyResult allFailed(VectorFile file) {
        List<String> bad = new ArrayList<>(file.ids());
        bad.addAll(file.problems());
        return new FamilyResult(file.family(), 0, bad, file.ids().size());
    }

    /** The line of the family, then the failed ids. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(family + ": " + passed + " passed, " + failed.size() + " failed");
        failed.forEach(id -> lines.add("  " + id));
        return lines;
    }

    /** The id in the display name; a test that runs no case keeps its name. */
    private static String id(VectorFile file, String testName) {
        String displayName = METHOD.matcher(testName).replaceFirst("");
        return file.ids().stream()
                .filter(id -> displayName.equals(id) || displayName.startsWith(id + ' '))
                .max(Comparator.comparingInt(String::length))
                .orElse(testName);
    }
}
