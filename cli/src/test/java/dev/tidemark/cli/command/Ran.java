package dev.tidemark.cli.command;

import dev.tidemark.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A command that has run in this JVM. */
record Ran(int code, String out, String err) {

    static Ran command(String... typed) {
        String[] words = CommandWords.arranged(typed);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Main.commandLine(words).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = command.execute(words);
        return new Ran(code, out.toString(), err.toString());
    }

    /** @param arguments without blanks in them */
    static Ran on(Path state, String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        words.add("--state");
        words.add(state.toString());
        return command(words.toArray(String[]::new));
    }
}
