package dev.tidemark.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself. */
@Command(
        name = "tidemark",
        description = "Event-driven container image update automation for Flux CD.",
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'./tidemark test' builds everything and runs every test.",
            "'./tidemark bench' measures what Tidemark takes on this machine."
        })
public final class TidemarkCommand implements Runnable {

    private static final String HELP = "help";

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "stack traces with errors")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * The command line for these words: with the one command that they name, or with all where they name none. Reading
     * a command's options takes about ten milliseconds, which is a lot for {@code get}.
     */
    public static CommandLine lineFor(TidemarkCommand root, String... words) {
        CommandLine line = new CommandLine(root);
        Map<String, Supplier<Object>> commands = commands();
        Supplier<Object> named = words.length == 0 ? null : commands.get(words[0]);
        if (named != null) {
            return line.addSubcommand(words[0], named.get());
        }
        if (words.length > 0 && !words[0].startsWith("-") && !words[0].equals(HELP)) {
            return line.addSubcommand(words[0], new UnknownCommand(words[0], commands.keySet()));
        }
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line.addSubcommand(HELP, new HelpCommand());
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("up", UpCommand::new);
        commands.put("push", PushCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("get", GetCommand::new);
        commands.put("describe", DescribeCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("why-not", WhyNotCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("what-if", WhatIfCommand::new);
        commands.put("halt", HaltCommand::new);
        commands.put("dead-letters", DeadLettersCommand::new);
        commands.put("reconcile", ReconcileCommand::new);
        commands.put("suspend", SuspendCommand::new);
        commands.put("resume", ResumeCommand::new);
        commands.put("hold", HoldCommand::new);
        commands.put("release", ReleaseCommand::new);
        commands.put("confirm", ConfirmCommand::new);
        commands.put("logs", LogsCommand::new);
        commands.put("log-level", LogLevelCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("uninstall", UninstallCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("__complete", CompleteCommand::new);
        commands.put("warm-up", WarmUpCommand::new);
        commands.put("ended", EndedCommand::new);
        return commands;
    }

    /** Whether errors come with their stack traces. */
    public boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
