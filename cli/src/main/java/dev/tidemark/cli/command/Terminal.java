package dev.tidemark.cli.command;

import dev.tidemark.cli.audit.Waiting;
import dev.tidemark.flux.Printable;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Standard output for what was asked for, standard error for everything else. */
@Command
final class Terminal {

    private static final Pattern USER_INFORMATION = Pattern.compile("(://)[^/?#\\s\"']{1,1024}@");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** What was asked for. Whatever is printed passes through here: printable, without passwords in URLs. */
    void print(String text) {
        out().print(clean(text));
        out().flush();
    }

    void line(String text) {
        out().println(clean(text));
        out().flush();
    }

    /** Progress, hints. */
    void note(String text) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(clean(text));
        err.flush();
    }

    /** Who is told, on standard error, how far something is that begins now. */
    Waiting waiting() {
        return new Waiting(Clock.systemUTC(), this::note);
    }

    private static String clean(String text) {
        return Printable.lines(USER_INFORMATION.matcher(text).replaceAll("$1***@"));
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
