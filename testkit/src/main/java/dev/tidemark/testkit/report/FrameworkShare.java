package dev.tidemark.testkit.report;

import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.util.List;

/**
 * How much of a service is tied to the framework: lines of main files that import Quarkus, Jakarta, MicroProfile,
 * SmallRye or Vert.x. The cheapest early warning that the core leaks.
 */
public record FrameworkShare(String service, int frameworkLines, int lines) {

    /** A thin edge needs less; above it decisions have moved into the wiring. */
    public static final int MOST_PERCENT = 30;

    private static final List<String> FRAMEWORK =
            List.of("io.quarkus.", "jakarta.", "org.eclipse.microprofile.", "io.smallrye.", "io.vertx.");

    /** The shares of all services, those without code left out. */
    public static List<FrameworkShare> of(SourceTree tree) {
        return SourceTree.SERVICES.stream()
                .sorted()
                .map(service -> of(
                        service,
                        tree.mainJava().filter(f -> f.module().equals(service)).toList()))
                .filter(share -> share.lines > 0)
                .toList();
    }

    private static FrameworkShare of(String service, List<SourceFile> files) {
        return new FrameworkShare(
                service,
                files.stream()
                        .filter(FrameworkShare::usesFramework)
                        .mapToInt(SourceFile::lines)
                        .sum(),
                files.stream().mapToInt(SourceFile::lines).sum());
    }

    private static boolean usesFramework(SourceFile file) {
        return file.imports().stream().anyMatch(name -> FRAMEWORK.stream().anyMatch(name::startsWith));
    }

    public int percent() {
        return Math.round(100f * frameworkLines / lines);
    }

    /** Whether the build must fail. */
    public boolean isTooLarge() {
        return 100L * frameworkLines > (long) MOST_PERCENT * lines;
    }
}
