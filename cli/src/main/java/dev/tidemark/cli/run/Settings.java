package dev.tidemark.cli.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all-in-one is started with.
 *
 * @param manifests absolute folders
 * @param mirrors where a registry's host is reached instead
 * @param listen HOST:PORT for webhooks, empty for all-in-one's own choice
 */
public record Settings(List<Path> manifests, Map<String, URI> mirrors, String listen) {

    /** Any free port, for whoever asks where it is afterwards. */
    public static final String ANYWHERE = "127.0.0.1:0";

    /** As system properties. */
    List<String> properties(Path state) {
        List<String> properties = new ArrayList<>();
        properties.add("-Dtidemark.state=" + state);
        properties.add("-Dtidemark.manifests="
                + manifests.stream().map(Settings::escaped).collect(Collectors.joining(",")));
        if (!listen.isEmpty()) {
            properties.add("-Dtidemark.listen=" + listen);
        }
        properties.add("-Dquarkus.management.port=0");
        mirrors.forEach((host, url) -> properties.add("-Dtidemark.registry-watcher.mirrors.\"" + host + "\"=" + url));
        return properties;
    }

    /** A comma separates folders in the setting. */
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\").replace(",", "\\,");
    }
}
