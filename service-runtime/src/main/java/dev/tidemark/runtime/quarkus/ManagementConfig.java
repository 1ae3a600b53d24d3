package dev.tidemark.runtime.quarkus;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may use the management listener. Its address is {@code quarkus.management.host} and {@code .port}. */
@ConfigMapping(prefix = "tidemark.management")
public interface ManagementConfig {

    /**
     * File of the token that changes want, and everything from another machine; by default {@code management.token} in the
     * state folder. Made with a random token, readable for its owner only, when it is not there.
     */
    Optional<Path> tokenFile();

    /** Names under which the listener is reached, beside loopback's and the address itself; others are refused. */
    Optional<List<String>> hosts();
}
