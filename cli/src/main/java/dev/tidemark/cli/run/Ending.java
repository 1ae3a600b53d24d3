package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.state.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Why services ended by themselves, in a sentence with the remedy. */
public final class Ending {

    /** Where an exception came from says nothing to somebody who starts a program. */
    private static final String STACK_FRAME = "\\s*(at \\S+\\(.*\\)|\\.\\.\\. \\d+ more)";

    /** The broker ends when a write fails; with less than this the next one would fail as well. */
    private static final long FULL_DISK_BYTES = 1024 * 1024;

    /** How all-in-one says that the state folder belongs to another one; and the command to its caller. */
    private static final int STATE_IN_USE = 5;

    private static final int EXIT_STATE_IN_USE = 3;

    /** How it says that it cannot listen where it was told to; its last words say why. */
    private static final int NO_ADDRESS = 4;

    /** How a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends. */
    private static final int OUT_OF_MEMORY = 3;

    private Ending() {}

    /**
     * Reads what services say on standard error, to its end.
     *
     * @param lastWords gets each line that could be the reason why they end
     */
    public static void listen(BufferedReader errors, Consumer<String> lastWords) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (!line.isBlank() && !line.matches(STACK_FRAME)) {
                lastWords.accept(line.strip().replaceFirst("^tidemark: ", ""));
            }
        }
    }

    /** @param lastWords what they said last, empty for nothing */
    public static UserError of(StateFolder state, int code, String lastWords) {
        if (diskIsFull(state)) {
            return new UserError("the disk of the state folder " + state.root()
                    + " is full: make room and start again; what was done so far is kept.");
        }
        String reason = lastWords.isEmpty() ? "" : " (" + lastWords + ")";
        return switch (code) {
            case STATE_IN_USE ->
                new UserError(
                        lastWords.isEmpty()
                                ? "another Tidemark runs on " + state.root() + ": end it, or use another --state."
                                : lastWords,
                        EXIT_STATE_IN_USE,
                        null);
            case NO_ADDRESS -> new UserError((lastWords.isEmpty() ? "a port cannot be used" : lastWords) + '.');
            case OUT_OF_MEMORY ->
                new UserError("the services ran out of memory and ended: give them more with "
                        + Heap.ENVIRONMENT + ", for example " + Heap.ENVIRONMENT + "=1g or " + Heap.ENVIRONMENT
                        + "=40%; what was done so far is kept.");
            default -> new UserError("the services ended with code " + code + reason + ": see " + state.log() + ".");
        };
    }

    private static boolean diskIsFull(StateFolder state) {
        try {
            return Files.getFileStore(state.root()).getUsableSpace() < FULL_DISK_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
