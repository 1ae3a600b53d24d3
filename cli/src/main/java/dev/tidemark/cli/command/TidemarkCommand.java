package dev.tidemark.cli.command;

import org.jspecify.annotations.Nullable;
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
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            GetCommand.class,
            DescribeCommand.class,
            ReconcileCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            LogsCommand.class,
            CompletionCommand.class,
            WarmUpCommand.class,
            HelpCommand.class
        },
        footer = {"", "'./tidemark test' builds everything and runs every test."})
public final class TidemarkCommand implements Runnable {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "stack traces with errors")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

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
