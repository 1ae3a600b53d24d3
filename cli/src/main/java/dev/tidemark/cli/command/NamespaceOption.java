package dev.tidemark.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -n}. */
final class NamespaceOption {

    /** As the flux command has it. */
    static final String DEFAULT = "flux-system";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "default: " + DEFAULT)
    private @Nullable String namespace;

    /** Empty where the command line says none. */
    Optional<String> named() {
        return Optional.ofNullable(namespace);
    }

    String name() {
        return named().orElse(DEFAULT);
    }
}
