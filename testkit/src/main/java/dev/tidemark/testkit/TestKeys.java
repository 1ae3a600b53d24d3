package dev.tidemark.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that it signed itself, made by the JDK's keytool. */
public final class TestKeys {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;

    private TestKeys(KeyStore store) {
        this.store = store;
    }

    /** Made in a folder, of an algorithm in keytool's words. */
    public static TestKeys create(Path folder, String name, String... algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", "key", "-dname", "CN=" + name, "-validity", "2"));
        command.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", "changeit"));
        command.addAll(List.of("-keystore", file.toString()));
        command.addAll(List.of(algorithm));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new TestKeys(store);
    }

    /** On the curve that most are on. */
    public static TestKeys elliptic(Path folder, String name) throws Exception {
        return create(folder, name, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    /** Of the shortest length that is taken. */
    public static TestKeys rsa(Path folder, String name) throws Exception {
        return create(folder, name, "-keyalg", "RSA", "-keysize", "2048");
    }

    public Certificate certificate() throws GeneralSecurityException {
        return store.getCertificate("key");
    }

    public PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) store.getKey("key", PASSWORD);
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    /** As {@code openssl rsa -traditional} writes it: what PKCS#8 wraps into 26 bytes. */
    public String pkcs1Pem() throws GeneralSecurityException {
        byte[] pkcs8 = key().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
    }

    /** As {@code openssl ecparam -genkey} writes it, for P-256. */
    public String sec1Pem() throws GeneralSecurityException {
        BigInteger number = ((ECPrivateKey) key()).getS();
        String digits = "%064x".formatted(number);
        return pem("EC PRIVATE KEY", HexFormat.of().parseHex("30310201010420" + digits + "a00a06082a8648ce3d030107"));
    }

    /** Content between its BEGIN and END lines. */
    public static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /** Of a server that shows this certificate and believes clients with the other one. */
    public SSLContext serverContext(TestKeys clients) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("client", clients.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
