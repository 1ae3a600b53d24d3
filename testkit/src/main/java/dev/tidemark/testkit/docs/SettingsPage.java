package dev.tidemark.testkit.docs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docs/settings.md}: the reference of all settings. */
public final class SettingsPage {

    private static final String HEAD = """
            # Settings

            Made from the code; `SettingsPageTest` keeps it true. Each setting is a Java system property, a line of
            `config/application.properties` beside the service, or the environment variable below it. Durations are written
            `500ms`, `30s`, `5m` or ISO 8601. Every other setting of Quarkus works as well.

            `kafka.bootstrap.servers` (`KAFKA_BOOTSTRAP_SERVERS`) says where the broker is. Every other setting of Kafka's
            clients goes behind `kafka.` (`KAFKA_`) in the same way and reaches every client of every service:
            `kafka.security.protocol`, `kafka.sasl.mechanism`, `kafka.sasl.jaas.config`, `kafka.ssl.truststore.certificates`
            and so on ([Kafka for real clusters](kafka.md)). What the order and safety of events rest on stays as it is:
            isolation, commits, serializers, acks.

            Webhooks are received at `quarkus.http.host` and `quarkus.http.port`: by default 127.0.0.1:9292 in all-in-one, where
            `tidemark.listen` (`TIDEMARK_LISTEN`, `up --listen`) sets both as HOST:PORT, and 0.0.0.0:8080 in registry-watcher.
            Everything else is asked at `quarkus.management.host` and `quarkus.management.port`: by default 127.0.0.1:9000,
            in all-in-one any free port, which `endpoints.json` in the state folder names.
            """;

    private SettingsPage() {}

    /** The page as Markdown, a table for each service. */
    public static String render(List<Setting> settings) {
        Map<String, List<Setting>> byPrefix = settings.stream()
                .collect(Collectors.groupingBy(SettingsPage::section, TreeMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(HEAD);
        byPrefix.forEach((section, members) -> {
            page.append("\n## ").append(section).append("\n\n| setting | default | |\n|---|---|---|\n");
            members.forEach(setting -> page.append(row(setting)));
        });
        return page.toString();
    }

    private static String section(Setting setting) {
        String[] parts = setting.key().split("\\.", 3);
        return parts.length == 3 ? parts[1] : "all services";
    }

    private static String row(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
        return "| `%s`<br>`%s` | %s | %s |\n"
                .formatted(
                        setting.key(),
                        setting.environmentVariable(),
                        value,
                        setting.description().replace("|", "\\|"));
    }
}
