package dev.tidemark.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {

    static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unbuilt");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tidemark " + text()};
    }
}
