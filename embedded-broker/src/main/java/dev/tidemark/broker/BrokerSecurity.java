package dev.tidemark.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A broker that only answers clients that speak TLS and prove by SCRAM or PLAIN who they are. It talks to itself over listeners of
 * its own, with a password that no client has: whoever else comes there is refused, too.
 *
 * @param internalPort for the broker itself
 * @param keyStore PKCS #12, with the broker's key and its certificates
 * @param keyStorePassword of the store and its key
 * @param users passwords by the users' names
 * @param ownPassword the broker's
 * @param authorizer says who may do what; empty when every user may do everything
 */
public record BrokerSecurity(
        int internalPort,
        Path keyStore,
        String keyStorePassword,
        Map<String, String> users,
        String ownPassword,
        Optional<Authorizer> authorizer) {

    /**
     * Who may do what.
     *
     * @param className of Kafka's interface of that name
     * @param superUser who may do everything, as the broker itself may
     */
    public record Authorizer(String className, String superUser) {}

    /** What clients connect to. */
    public static final String CLIENTS = "CLIENTS";

    private static final String INTERNAL = "INTERNAL";
    private static final String CONTROLLER = "CONTROLLER";

    void into(Properties p, int port, int controllerPort) {
        p.put(
                "listeners",
                "%s://127.0.0.1:%d,%s://127.0.0.1:%d,%s://127.0.0.1:%d"
                        .formatted(CLIENTS, port, INTERNAL, internalPort, CONTROLLER, controllerPort));
        p.put(
                "advertised.listeners",
                "%s://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(CLIENTS, port, INTERNAL, internalPort));
        p.put(
                "listener.security.protocol.map",
                "%s:SASL_SSL,%s:SASL_PLAINTEXT,%s:SASL_PLAINTEXT".formatted(CLIENTS, INTERNAL, CONTROLLER));
        p.put("inter.broker.listener.name", INTERNAL);
        clients(p, "listener.name.clients.");
        authorizer.ifPresent(named -> {
            p.put("authorizer.class.name", named.className());
            p.put("super.users", "User:broker;User:" + named.superUser());
        });
        p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.put("sasl.mechanism.controller.protocol", "PLAIN");
        for (String listener : List.of("internal", "controller")) {
            p.put("listener.name." + listener + ".sasl.enabled.mechanisms", "PLAIN");
            p.put(
                    "listener.name." + listener + ".plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\"%1$s\" user_broker=\"%1$s\";"
                            .formatted(ownPassword));
        }
    }

    private void clients(Properties p, String listener) {
        p.put(listener + "sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
        StringBuilder plain = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        users.forEach((user, password) -> plain.append(" \"user_")
                .append(user)
                .append("\"=\"")
                .append(password)
                .append('"'));
        p.put(listener + "plain.sasl.jaas.config", plain.append(';').toString());
        p.put(
                listener + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        p.put(listener + "ssl.keystore.type", "PKCS12");
        p.put(listener + "ssl.keystore.location", keyStore.toString());
        p.put(listener + "ssl.keystore.password", keyStorePassword);
        p.put(listener + "ssl.key.password", keyStorePassword);
    }

    /** As {@code kafka-storage format --add-scram} takes it. */
    List<String> scramArguments() {
        return users.entrySet().stream()
                .map(user -> "SCRAM-SHA-512=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .toList();
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "TLS and SCRAM for " + users.keySet();
    }
}
