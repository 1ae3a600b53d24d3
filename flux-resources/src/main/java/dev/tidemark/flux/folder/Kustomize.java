package dev.tidemark.flux.folder;

import dev.tidemark.flux.Redaction;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Builds a kustomize base with {@code kubectl} or {@code kustomize}, in a process of limited time and output. */
final class Kustomize {

    /** Local bases take a second; whoever fetches remote ones over a slow line sees why it takes no longer. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Of what the tool complains, the last line says what is wrong. */
    private static final int MOST_ERRORS = 64 * 1024;

    private static final int LONGEST_ERROR = 300;

    private final List<String> command;

    private Kustomize(List<String> command) {
        this.command = command;
    }

    sealed interface Outcome {
        record Built(String text) implements Outcome {}

        record Failed(String why) implements Outcome {}
    }

    /** The tool that the folders of a search path hold, if there is one. */
    static Optional<Kustomize> onPath(String searchPath) {
        for (List<String> command : List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))) {
            for (String folder : searchPath.split(File.pathSeparator, -1)) {
                Path tool = folder.isEmpty() ? null : Path.of(folder).resolve(command.getFirst());
                if (tool != null && Files.isRegularFile(tool) && Files.isExecutable(tool)) {
                    return Optional.of(new Kustomize(List.of(tool.toString(), command.getLast())));
                }
            }
        }
        return Optional.empty();
    }

    String name() {
        return String.valueOf(Path.of(command.getFirst()).getFileName());
    }

    Outcome build(Path folder) {
        return build(folder, LONGEST);
    }

    Outcome build(Path folder, Duration longest) {
        List<String> all = new ArrayList<>(command);
        all.add(folder.toAbsolutePath().toString());
        Process process;
        try {
            process = new ProcessBuilder(all).start();
        } catch (IOException e) {
            return new Outcome.Failed(name() + " cannot be started: " + e.getMessage());
        }
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> output = reading(() -> most(process.getInputStream(), ManifestReader.MAX_BYTES));
            CompletableFuture<byte[]> errors = reading(() -> most(process.getErrorStream(), MOST_ERRORS));
            byte[] built = output.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (built.length > ManifestReader.MAX_BYTES) {
                return new Outcome.Failed(
                        name() + " gives more than " + ManifestReader.MAX_BYTES + " bytes: build smaller parts");
            }
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return tooLong(longest);
            }
            return process.exitValue() == 0
                    ? new Outcome.Built(new String(built, StandardCharsets.UTF_8))
                    : new Outcome.Failed(name() + " cannot build it: "
                            + lastLine(errors.get(longest.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(name() + " was stopped");
        } catch (TimeoutException slow) {
            return tooLong(longest);
        } catch (IOException | ExecutionException e) {
            return new Outcome.Failed(name() + " cannot build it: its output cannot be read");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Outcome tooLong(Duration longest) {
        return new Outcome.Failed(
                name() + " takes longer than " + longest.toSeconds() + " s: remote bases are slow, copy them here");
    }

    private static CompletableFuture<byte[]> reading(Supplier<byte[]> read) {
        return CompletableFuture.supplyAsync(
                read, task -> Thread.ofVirtual().name("kustomize-output").start(task));
    }

    /** One byte more than allowed shows that there is more. */
    private static byte[] most(InputStream in, long bytes) {
        try {
            return in.readNBytes((int) bytes + 1);
        } catch (IOException closed) {
            return new byte[0];
        }
    }

    private static String lastLine(byte[] errors) {
        String text = new String(errors, StandardCharsets.UTF_8).strip();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        String clean = Redaction.ofUrls().apply(line);
        return clean.length() <= LONGEST_ERROR ? clean : clean.substring(0, LONGEST_ERROR) + "...";
    }
}
