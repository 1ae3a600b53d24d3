package dev.tidemark.cli.command;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Standard output for what was asked for, standard error for everything else. */
@Command
final class Terminal {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** What was asked for, as it is. */
    void print(String text) {
        out().print(text);
        out().flush();
    }

    void line(String text) {
        out().println(text);
        out().flush();
    }

    /** Progress, hints. */
    void note(String text) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(text);
        err.flush();
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (command == null) {
            throw new IllegalStateException("the command line was not read yet");
        }
        return command;
    }
}
