package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.committer.domain.Source;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one origin (scheme, host and port) and to nowhere else: credentials never leave it, however a remote
 * redirects. Keeps the last answer, of which JGit passes on only strings.
 */
final class OriginConnections implements HttpConnectionFactory {

    /** The remote redirects to another origin. */
    static final class ElsewhereException extends IOException {
        private final String repository;

        ElsewhereException(String url) {
            super(url);
            this.repository = url.replaceFirst("/(info/refs|git-[a-z-]+-pack)(\\?.*)?$", "");
        }

        /** Where the repository would be. */
        String repository() {
            return repository;
        }
    }

    private final GitUrl origin;
    private final @Nullable String certificates;
    private int status;
    private @Nullable String contentType;

    OriginConnections(Source source) {
        this.origin = source.url();
        this.certificates = source.access().certificates();
    }

    /** The status of the last answer; 0 before there is one. */
    int status() {
        return status;
    }

    /** The type of the last answer. */
    @Nullable
    String contentType() {
        return contentType;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        if (!isOrigin(url)) {
            throw new ElsewhereException(url.toString());
        }
        status = 0;
        contentType = null;
        HttpConnection connection = new Observed(url, proxy);
        if (certificates != null && origin.scheme() == GitUrl.Scheme.HTTPS) {
            try {
                connection.configure(null, TrustedAuthorities.of(certificates), null);
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS could not be set up: " + e.getMessage(), e);
            }
        }
        return connection;
    }

    private boolean isOrigin(URL url) {
        int port = url.getPort() == url.getDefaultPort() ? -1 : url.getPort();
        return url.getProtocol().equalsIgnoreCase(origin.scheme().text())
                && url.getHost().toLowerCase(Locale.ROOT).equals(origin.host())
                && port == origin.port();
    }

    /** Reports what was answered. */
    private final class Observed extends JDKHttpConnection {

        private Observed(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public int getResponseCode() throws IOException {
            status = super.getResponseCode();
            contentType = getContentType();
            return status;
        }
    }
}
