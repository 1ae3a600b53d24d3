package dev.tidemark.testkit.kube;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A real program that works on a cluster as one user: kubectl, flux.
 *
 * @param kubeconfig who asks, and which API server
 */
public record ClusterProgram(Path program, Path kubeconfig) {

    /** Longer than any wait that a test asks for; what hangs is ended with what it said. */
    private static final String NO_LONGER = "120s";

    /**
     * What one run printed.
     *
     * @param exit 0 where all went well
     */
    public record Answer(int exit, String output, String error) {}

    /**
     * Runs it.
     *
     * @return what it printed
     * @throws AssertionError where it fails, with what it said
     */
    public String run(String... arguments) {
        return succeed(attempt("", arguments), arguments);
    }

    /**
     * Runs it, however it ends.
     *
     * @param input what it reads as {@code -f -}
     */
    public Answer attempt(String input, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("timeout", NO_LONGER, program.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            // what it remembers of the server's kinds dies with the server, whose port another one may get
            builder.environment()
                    .put("KUBECACHEDIR", kubeconfig.resolveSibling("cache").toString());
            Process process = builder.start();
            CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> text(process.errorReader()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = text(process.inputReader());
            return new Answer(process.onExit().join().exitValue(), output, error.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Reader reader) {
        try (reader) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String succeed(Answer answer, String... arguments) {
        if (answer.exit() != 0) {
            throw new AssertionError(program.getFileName() + " " + String.join(" ", arguments) + " ended with code "
                    + answer.exit() + ":\n" + answer.error() + answer.output());
        }
        return answer.output();
    }
}
