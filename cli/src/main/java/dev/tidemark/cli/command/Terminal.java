package dev.tidemark.cli.command;

import dev.tidemark.cli.output.Printable;
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

    /** What was asked for. Whatever is printed passes through here and is made printable. */
    void print(String text) {
        out().print(Printable.lines(text));
        out().flush();
    }

    void line(String text) {
        out().println(Printable.lines(text));
        out().flush();
    }

    /** Progress, hints. */
    void note(String text) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(Printable.lines(text));
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
