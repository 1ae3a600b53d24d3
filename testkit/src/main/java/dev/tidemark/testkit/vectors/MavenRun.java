package dev.tidemark.testkit.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of Maven: its output goes to a log, its steps are told. */
final class MavenRun {

    private static final Pattern STEP = Pattern.compile("\\[INFO\\] (Building .+ \\[\\d+/\\d+\\]|Running \\S+)");

    /** Maven repeats itself after the first errors. */
    private static final int ERRORS_SHOWN = 8;

    private final Path root;
    private final Path log;
    private final PrintStream progress;

    MavenRun(Path root, Path log, PrintStream progress) {
        this.root = root;
        this.log = log;
        this.progress = progress;
    }

    /** Runs the project's own Maven and returns when it has ended. */
    void run(List<String> arguments) throws VectorRunException {
        List<String> command = new ArrayList<>(List.of(root.resolve("mvnw").toString(), "-B"));
        command.addAll(arguments);
        List<String> errors = new ArrayList<>();
        int status;
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process maven = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            Thread end = new Thread(maven::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            follow(maven, errors);
            status = maven.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IOException e) {
            throw new VectorRunException("Maven cannot be run: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VectorRunException("interrupted");
        }
        if (status != 0) {
            errors.stream().limit(ERRORS_SHOWN).forEach(progress::println);
            throw new VectorRunException("the build failed: the whole story is in " + log);
        }
    }

    private void follow(Process maven, List<String> errors) throws IOException {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8));
                Writer copy = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line + '\n');
                copy.flush();
                Matcher step = STEP.matcher(line);
                if (step.lookingAt()) {
                    progress.println("tidemark: " + step.group(1).replaceAll("\\s+", " "));
                }
                if (line.startsWith("[ERROR]")) {
                    errors.add(line);
                }
            }
        }
    }
}
