package dev.tidemark.testkit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of a module that its own tests run. */
public record Coverage(String module, long covered, long missed) {

    private static final String JACOCO_CSV = "target/site/jacoco/jacoco.csv";
    private static final int LINE_MISSED = 7;
    private static final int LINE_COVERED = 8;

    /** Reads what JaCoCo measured in the modules below {@code root}, in the order of their names. */
    public static List<Coverage> below(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            List<Coverage> found = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path csv = module.resolve(JACOCO_CSV);
                if (Files.exists(csv)) {
                    found.add(parse(String.valueOf(module.getFileName()), Files.readAllLines(csv)));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("the coverage below " + root + " cannot be read", e);
        }
    }

    static Coverage parse(String module, List<String> csv) {
        long covered = 0;
        long missed = 0;
        for (String line : csv.subList(Math.min(1, csv.size()), csv.size())) {
            String[] columns = line.split(",", -1);
            missed += Long.parseLong(columns[LINE_MISSED]);
            covered += Long.parseLong(columns[LINE_COVERED]);
        }
        return new Coverage(module, covered, missed);
    }

    public int percent() {
        return covered + missed == 0 ? 0 : Math.round(100f * covered / (covered + missed));
    }
}
