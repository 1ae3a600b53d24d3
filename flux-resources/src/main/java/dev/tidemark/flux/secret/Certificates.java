package dev.tidemark.flux.secret;

import dev.tidemark.flux.SecretContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What a Secret of {@code certSecretRef}, or one for Git, adds to TLS (flux-git-based 9.3, 13). */
public final class Certificates {

    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());
    private static final Set<String> KEYS = Set.of("ca.crt", "caFile", "tls.crt", "certFile", "tls.key", "keyFile");
    private static final char[] NO_PASSWORD = {};
    private static final byte[] SAMPLE = {1, 2, 3};

    private final SecretContent secret;
    private final String from;

    /** @param from the Secret, {@code namespace/name} */
    public Certificates(SecretContent secret, String from) {
        this.secret = secret;
        this.from = from;
    }

    /** Whether a Secret has anything for TLS. */
    public static boolean in(SecretContent secret) {
        return secret.entries().keySet().stream().anyMatch(KEYS::contains);
    }

    /**
     * @param onlyOwn whether the CA of the Secret stands in place of the system's or beside them
     * @throws SecretException naming the key that is wrong and what helps
     */
    public SSLContext context(boolean onlyOwn) throws SecretException {
        byte[] ca = entry("ca.crt", "caFile");
        byte[] chain = entry("tls.crt", "certFile");
        byte[] key = entry("tls.key", "keyFile");
        if (ca == null && chain == null && key == null) {
            throw wrong("has none of the keys 'ca.crt', 'tls.crt' and 'tls.key': set ca.crt, or tls.crt and tls.key");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(chain, key), ca == null ? null : trustManagers(ca, onlyOwn), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw wrong("cannot be used: " + e.getMessage());
        }
    }

    private byte @Nullable [] entry(String name, String legacyName) {
        Map<String, byte[]> entries = secret.entries();
        byte[] value = entries.get(name);
        if (value != null) {
            return value;
        }
        byte[] legacy = entries.get(legacyName);
        if (legacy != null) {
            LOG.log(
                    Level.WARNING,
                    "certificate Secret '" + from + "': '" + legacyName + "' is deprecated, rename it to '" + name
                            + "'");
        }
        return legacy;
    }

    private TrustManager[] trustManagers(byte[] ca, boolean onlyOwn)
            throws SecretException, GeneralSecurityException, IOException {
        List<X509Certificate> trusted = new ArrayList<>(certificates("ca.crt", ca));
        if (!onlyOwn) {
            trusted.addAll(systemRoots());
        }
        KeyStore store = emptyStore();
        for (X509Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return trustManagers(store);
    }

    private static List<X509Certificate> systemRoots() throws GeneralSecurityException {
        List<X509Certificate> roots = new ArrayList<>();
        for (TrustManager manager : trustManagers((KeyStore) null)) {
            if (manager instanceof X509TrustManager x509) {
                roots.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return roots;
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keyManagers(byte @Nullable [] chain, byte @Nullable [] key)
            throws SecretException, GeneralSecurityException, IOException {
        if (chain == null && key == null) {
            return null;
        }
        if (chain == null || key == null) {
            throw wrong("has only one of 'tls.crt' and 'tls.key': set both or none");
        }
        PrivateKey own = privateKey(key);
        List<X509Certificate> certificates = certificates("tls.crt", chain);
        if (!belongs(own, certificates.getFirst())) {
            throw wrong("the key in 'tls.key' does not belong to the certificate in 'tls.crt'");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", own, NO_PASSWORD, certificates.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private PrivateKey privateKey(byte[] pem) throws SecretException {
        try {
            return PemKey.read(pem);
        } catch (GeneralSecurityException e) {
            throw wrong("'tls.key' " + e.getMessage());
        }
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String family = certificate.getPublicKey().getAlgorithm();
        if (!family.equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature =
                Signature.getInstance(family.startsWith("Ed") ? family : "SHA256with" + family.replace("EC", "ECDSA"));
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    private List<X509Certificate> certificates(String name, byte[] pem) throws SecretException {
        try {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            List<X509Certificate> certificates =
                    read.stream().map(X509Certificate.class::cast).toList();
            if (certificates.isEmpty()) {
                throw wrong("'" + name + "' holds no certificate in PEM");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw wrong("'" + name + "' holds no certificate in PEM: " + e.getMessage());
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private SecretException wrong(String what) {
        return new SecretException("certificate Secret '" + from + "': " + what);
    }
}
