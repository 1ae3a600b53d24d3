package dev.tidemark.cli.command;

import picocli.CommandLine.Option;

/** {@code -n}. */
final class NamespaceOption {

    /** As the flux command has it. */
    static final String DEFAULT = "flux-system";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = DEFAULT,
            description = "default: " + DEFAULT)
    private String namespace = DEFAULT;

    String name() {
        return namespace;
    }
}
