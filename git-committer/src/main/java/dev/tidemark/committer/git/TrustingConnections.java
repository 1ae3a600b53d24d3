package dev.tidemark.committer.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Connections that trust the authorities of a Secret and no others, as Flux does with {@code ca.crt}. */
final class TrustingConnections implements HttpConnectionFactory {

    private final HttpConnectionFactory connections = new JDKHttpConnectionFactory();
    private final TrustManager[] trust;

    private TrustingConnections(TrustManager[] trust) {
        this.trust = trust;
    }

    /** @throws IllegalArgumentException if the text has no certificate that can be read */
    static TrustingConnections of(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new TrustingConnections(factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the Secret's ca.crt is no list of PEM certificates: " + e.getMessage(), e);
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return trusting(connections.create(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return trusting(connections.create(url, proxy));
    }

    private HttpConnection trusting(HttpConnection connection) throws IOException {
        try {
            connection.configure(null, trust, null);
            return connection;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS could not be set up: " + e.getMessage(), e);
        }
    }
}
