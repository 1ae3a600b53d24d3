package dev.tidemark.report;

import dev.tidemark.testkit.house.SourceFile;
import dev.tidemark.testkit.house.SourceTree;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One channel as a service's defaults set it up.
 *
 * @param settings by name, with the default of {@code ${setting:default}}
 */
record Channel(String service, Direction direction, String name, Map<String, String> settings) {

    enum Direction {
        INCOMING,
        OUTGOING
    }

    private static final Pattern KEY =
            Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.\"?([a-z0-9-]+)\"?\\.(.+)");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^:}]+:([^}]*)}");
    private static final String CONNECTOR = "mp.messaging.connector.smallrye-kafka.";
    private static final String DEFAULTS = "/src/main/resources/META-INF/microprofile-config.properties";

    /** The channels of all services. */
    static Stream<Channel> in(SourceTree tree) {
        Map<String, String> common = common(tree);
        return tree.files().stream()
                .filter(f ->
                        SourceTree.SERVICES.contains(f.module()) && f.path().equals(f.module() + DEFAULTS))
                .flatMap(defaults -> of(defaults, common));
    }

    /** What the runtime says once for every outgoing channel. */
    private static Map<String, String> common(SourceTree tree) {
        Map<String, String> common = new TreeMap<>();
        tree.files().stream()
                .filter(f -> f.path().equals("service-runtime" + DEFAULTS))
                .forEach(f -> load(f.text()).forEach((key, value) -> {
                    if (key.toString().startsWith(CONNECTOR)) {
                        common.put(key.toString().substring(CONNECTOR.length()), value.toString());
                    }
                }));
        return common;
    }

    private static Stream<Channel> of(SourceFile defaults, Map<String, String> common) {
        Map<String, Channel> channels = new TreeMap<>();
        load(defaults.text()).forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key.toString());
            if (matcher.matches()) {
                Direction direction = matcher.group(1).equals("incoming") ? Direction.INCOMING : Direction.OUTGOING;
                channels.computeIfAbsent(
                                direction + matcher.group(2),
                                unused -> new Channel(
                                        defaults.module(),
                                        direction,
                                        matcher.group(2),
                                        new TreeMap<>(direction == Direction.OUTGOING ? common : Map.of())))
                        .settings()
                        .put(
                                matcher.group(3),
                                EXPRESSION.matcher(value.toString()).replaceAll("$1"));
            }
        });
        return channels.values().stream();
    }

    private static Properties load(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    @Override
    public String toString() {
        return name;
    }
}
