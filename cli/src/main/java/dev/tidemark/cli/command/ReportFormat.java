package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.json.Struct;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code -o} of the commands that answer a question about the past with yes or no, and their exit codes. */
final class ReportFormat {

    private static final int ALIKE = 0;
    private static final int DIFFERENT = 1;

    /** A script does not take a question that could not be answered for a difference. */
    private static final int NOT_ANSWERED = 2;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json; default: for people")
    private String output = "";

    /**
     * What was found out.
     *
     * @param text for people
     * @param members for scripts
     */
    record Answer(boolean alike, String text, Map<String, Object> members) {}

    /** Finds it out. */
    @FunctionalInterface
    interface Question {
        Answer answer() throws InterruptedException;
    }

    /** Prints the answer; returns the exit code. */
    int answer(Terminal terminal, Question question) throws InterruptedException {
        try {
            boolean json =
                    switch (output) {
                        case "" -> false;
                        case "json" -> true;
                        default -> throw new UserError("there is no output format '" + output + "': use json.");
                    };
            Answer answer = question.answer();
            terminal.print(json ? JsonWriter.indented(new Struct(answer.members())) + '\n' : answer.text());
            return answer.alike() ? ALIKE : DIFFERENT;
        } catch (UserError e) {
            throw new UserError(String.valueOf(e.getMessage()), NOT_ANSWERED, e);
        } catch (RuntimeException | Error fault) {
            // nothing was found out, whatever it is
            String what = fault.getMessage() == null ? "a fault in Tidemark" : fault.getMessage();
            throw new UserError(
                    "the question cannot be answered: " + what + " (unexpected: --verbose shows where it comes from).",
                    NOT_ANSWERED,
                    fault);
        }
    }
}
