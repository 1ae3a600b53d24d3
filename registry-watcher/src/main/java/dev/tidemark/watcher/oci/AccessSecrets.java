package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import java.util.LinkedHashSet;
import java.util.Set;

/** The Secrets of one access profile, for one walk: read when they are needed, and known should a registry refuse them. */
final class AccessSecrets {

    private final SecretReader reader;
    private final String namespace;
    private final Set<String> used = new LinkedHashSet<>();

    AccessSecrets(SecretReader reader, String namespace) {
        this.reader = reader;
        this.namespace = namespace;
    }

    /** @throws RegistryException when there is none */
    SecretContent get(String name) throws RegistryException {
        used.add(name);
        return reader.get(namespace, name)
                .orElseThrow(() -> new RegistryException(
                        ScanFailure.CONFIGURATION, "Secret '" + from(name) + "' not found: create it"));
    }

    /** For messages. */
    String from(String name) {
        return namespace + '/' + name;
    }

    /** What was read was not good enough: it may have been renewed since. */
    void refused() {
        used.forEach(name -> reader.refused(namespace, name));
    }
}
