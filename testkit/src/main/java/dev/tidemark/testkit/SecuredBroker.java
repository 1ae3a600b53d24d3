package dev.tidemark.testkit;

import dev.tidemark.broker.BrokerSecurity;
import dev.tidemark.broker.BrokerSettings;
import dev.tidemark.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A broker that answers nobody without TLS, by a certificate of its own authority, and a password (SCRAM-SHA-512 or
 * PLAIN). It
 * counts who was refused: one that tries in another way is seen, whatever it does afterwards.
 */
public final class SecuredBroker implements AutoCloseable {

    private static final String USER = "tidemark";
    private static final String CHAIN = "broker.p12";

    private final EmbeddedBroker broker;
    private final Path authority;
    private final Map<String, String> passwords;

    private SecuredBroker(EmbeddedBroker broker, Path authority, Map<String, String> passwords) {
        this.broker = broker;
        this.authority = authority;
        this.passwords = passwords;
    }

    /**
     * With one user, who may do everything.
     *
     * @param folder a new one, for keys and the log
     */
    public static SecuredBroker start(Path folder) {
        return start(folder, List.of(), Optional.empty());
    }

    /**
     * With an authorizer.
     *
     * @param folder a new one, for keys and the log
     * @param users those who may do nothing before somebody allows it, beside the one who may do everything
     */
    public static SecuredBroker startWithAuthorizer(Path folder, Collection<String> users) {
        return start(
                folder, users, Optional.of(new BrokerSecurity.Authorizer(RecordingAuthorizer.class.getName(), USER)));
    }

    private static SecuredBroker start(
            Path folder, Collection<String> users, Optional<BrokerSecurity.Authorizer> authorizer) {
        String store = random();
        Map<String, String> passwords = new HashMap<>(Map.of(USER, random()));
        users.forEach(user -> passwords.put(user, random()));
        certify(folder, store);
        var security = new BrokerSecurity(
                EmbeddedBroker.freePort(), folder.resolve(CHAIN), store, passwords, random(), authorizer);
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(
                folder.resolve("log"),
                EmbeddedBroker.freePort(),
                EmbeddedBroker.freePort(),
                false,
                Optional.of(security)));
        return new SecuredBroker(broker, folder.resolve("ca.pem"), passwords);
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void certify(Path folder, String password) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pair(folder, password, "ca.p12", "ca", "CN=ca", "bc:c");
        pair(folder, password, CHAIN, "broker", "CN=broker", "san=ip:127.0.0.1");
        keytool(folder, password, CHAIN, "-certreq", "-alias", "broker", "-file", "broker.csr");
        keytool(
                folder,
                password,
                "ca.p12",
                "-gencert",
                "-alias",
                "ca",
                "-ext",
                "san=ip:127.0.0.1",
                "-infile",
                "broker.csr",
                "-outfile",
                "broker.crt",
                "-rfc");
        keytool(folder, password, "ca.p12", "-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem");
        keytool(folder, password, CHAIN, "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.pem");
        keytool(folder, password, CHAIN, "-importcert", "-noprompt", "-alias", "broker", "-file", "broker.crt");
    }

    private static void pair(Path folder, String password, String store, String alias, String name, String extension) {
        keytool(
                folder,
                password,
                store,
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-ext",
                extension,
                "-validity",
                "2");
    }

    private static void keytool(Path folder, String password, String store, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store, "-storetype", "PKCS12", "-storepass", password));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool " + arguments[0] + ": " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a client of the user needs who may do everything, by Kafka's names. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = login(USER);
        settings.put("ssl.truststore.location", authority.toString());
        return settings;
    }

    /** What a user's client needs, by Kafka's names; the authority's certificate in its own text. */
    public Map<String, String> clientSettings(String user) {
        Map<String, String> settings = login(user);
        try {
            settings.put("ssl.truststore.certificates", Files.readString(authority));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    /** As {@link #clientSettings(String)}, with the password itself over TLS. */
    public Map<String, String> plainSettings(String user) {
        Map<String, String> settings = clientSettings(user);
        settings.put("sasl.mechanism", "PLAIN");
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password(user)));
        return settings;
    }

    private Map<String, String> login(String user) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password(user)),
                "ssl.truststore.type",
                "PEM"));
    }

    public Collection<String> passwords() {
        return passwords.values();
    }

    private String password(String user) {
        return Objects.requireNonNull(passwords.get(user), user);
    }

    /** What the authorizer was asked since the start. */
    public List<RecordingAuthorizer.Asked> asked() {
        return RecordingAuthorizer.asked();
    }

    /** How many connections to any listener were refused since the start: without TLS, or without the right password. */
    public long refused() {
        return sum("failed-authentication-total", "*");
    }

    /** How many connections of clients were let in. */
    public long admitted() {
        return sum("successful-authentication-total", BrokerSecurity.CLIENTS);
    }

    private static long sum(String metric, String listener) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            double sum = 0;
            for (ObjectName name : beans.queryNames(
                    new ObjectName(
                            "kafka.server:type=socket-server-metrics,listener=" + listener + ",networkProcessor=*"),
                    null)) {
                sum += ((Number) beans.getAttribute(name, metric)).doubleValue();
            }
            return Math.round(sum);
        } catch (JMException e) {
            throw new IllegalStateException("the broker does not say how many it refused", e);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
