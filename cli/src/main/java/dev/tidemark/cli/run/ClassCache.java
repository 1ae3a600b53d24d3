package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * The JVM's cache of what it loads and links at a start (JEP 483). It is of use to the build and the JDK that it was made
 * with; without it, or with another's, a start is slower and nothing else.
 *
 * @param file where it lies; or where this run writes down what a cache should hold
 * @param recorded whether this run does
 */
public record ClassCache(Path file, boolean recorded) {

    /** Names the file, in the run that is recorded: the script's, after building. */
    private static final String RECORD = "tidemark.record-classes";

    /** The orderly end of broker and services takes seconds; more means that something hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** The JVM writes a hundred megabytes after everything else has ended, on a machine that may be busy. */
    private static final Duration RECORDED_LIMIT = Duration.ofMinutes(2);

    static ClassCache of(Installation installation) {
        String recorded = System.getProperty(RECORD);
        return recorded == null
                ? new ClassCache(installation.allInOneClasses(), false)
                : new ClassCache(Path.of(recorded), true);
    }

    /**
     * Makes the cache of an installation out of what a run recorded.
     *
     * @throws UserError if the JVM does not make it
     */
    public static void make(Installation installation, Path recorded) throws IOException, InterruptedException {
        Path cache = installation.allInOneClasses();
        Path made = cache.resolveSibling(cache.getFileName() + ".new");
        List<String> command = Jvm.of(installation).begin();
        command.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + made));
        command.addAll(List.of("-cp", installation.allInOne().toString()));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0 || !Files.exists(made)) {
            Files.deleteIfExists(made);
            throw new UserError("the JVM's cache of classes could not be made (exit code " + code
                    + "): every start takes longer, and nothing else is missing.");
        }
        Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As the JVM takes them. */
    List<String> flags() {
        if (recorded) {
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file);
        }
        return Files.exists(file) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** After which a process that was asked to end is ended. */
    Duration stopLimit() {
        return recorded ? RECORDED_LIMIT : STOP_LIMIT;
    }
}
