package dev.tidemark.cli;

import dev.tidemark.cli.command.CommandWords;
import dev.tidemark.cli.command.TidemarkCommand;
import dev.tidemark.cli.error.OutputClosed;
import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Reads the command line, runs the command, turns failures into a sentence and an exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // JGit brings SLF4J, which would complain on standard error that nothing listens to it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        String[] words = CommandWords.arranged(arguments);
        System.exit(commandLine(words).setOut(StandardOutput.writer()).execute(words));
    }

    /** The command line for these words, ready to be executed; for none the whole. */
    public static CommandLine commandLine(String... words) {
        TidemarkCommand root = new TidemarkCommand();
        return TidemarkCommand.lineFor(root, words)
                .setUsageHelpWidth(HELP_WIDTH)
                // no colours wherever it is read, as in kubectl's and flux's: no terminal has to be guessed
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(read -> execute(root, read))
                .setExecutionExceptionHandler((failure, command, _) -> explain(root, failure, command))
                .setParameterExceptionHandler((wrong, _) -> {
                    CommandLine command = wrong.getCommandLine();
                    command.getErr()
                            .println("tidemark: " + Printable.lines(String.valueOf(wrong.getMessage())) + "; '"
                                    + command.getCommandSpec().qualifiedName().replaceFirst("^tidemark", "./tidemark")
                                    + " --help' shows what it takes.");
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    /** Wide enough for the examples, narrow enough for half a screen. */
    private static final int HELP_WIDTH = 100;

    /** As a shell counts a command that SIGINT ended. */
    private static final int INTERRUPTED = 130;

    /** Help is no command, so that picocli asks nobody what its failure means: it, too, may not be read to its end. */
    private static int execute(TidemarkCommand root, CommandLine.ParseResult read) {
        try {
            return new CommandLine.RunLast().execute(read);
        } catch (OutputClosed | UncheckedIOException noOutput) {
            return explain(root, noOutput, read.commandSpec().commandLine());
        }
    }

    private static int explain(TidemarkCommand root, Exception failure, CommandLine command) {
        if (failure instanceof InterruptedException) {
            return INTERRUPTED;
        }
        if (failure instanceof OutputClosed) {
            return OutputClosed.EXIT;
        }
        if (root.verbose()) {
            failure.printStackTrace(command.getErr());
        }
        if (failure instanceof UserError error) {
            command.getErr().println("tidemark: " + Printable.lines(String.valueOf(error.getMessage())));
            return error.exitCode();
        }
        if (failure instanceof UncheckedIOException disk) {
            command.getErr().println("tidemark: " + Printable.line(reason(disk) + "."));
            return UserError.FAILED;
        }
        String what = failure.getMessage() == null ? "a fault in Tidemark" : failure.getMessage();
        command.getErr()
                .println("tidemark: " + Printable.lines(what.lines().findFirst().orElse(""))
                        + " (unexpected: --verbose shows where it comes from).");
        return UserError.FAILED;
    }

    /** Some say more than their cause, some the same. */
    private static String reason(UncheckedIOException disk) {
        String message = String.valueOf(disk.getMessage());
        IOException cause = disk.getCause();
        String why = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
        return why.isEmpty() || message.equals(why) ? message : message + " (" + why + ")";
    }
}
