package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.flux.github.GitHubApp;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
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
    private final Source source;
    private final OutgoingConnections outgoing;
    private final List<String> derivedSecrets = new ArrayList<>();
    private int status;
    private @Nullable String contentType;

    OriginConnections(Source source, OutgoingConnections outgoing) {
        this.origin = source.url();
        this.source = source;
        this.outgoing = outgoing;
    }

    /** It is reached with what GitHub gave for the Secret's key. */
    void uses(String token) {
        String pair = GitHubApp.USER + ':' + token;
        derivedSecrets.add(token);
        derivedSecrets.add(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** What no message may show besides what the Secret holds. */
    List<String> derivedSecrets() {
        return derivedSecrets;
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
        if (!isOrigin(url)) {
            throw new ElsewhereException(url.toString());
        }
        status = 0;
        contentType = null;
        return outgoing.open(url, source.access(), (code, type) -> {
            status = code;
            contentType = type;
        });
    }

    /** The proxy is the one that the GitRepository names, whatever the machine has. */
    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return create(url);
    }

    private boolean isOrigin(URL url) {
        int port = url.getPort() == url.getDefaultPort() ? -1 : url.getPort();
        return url.getProtocol().equalsIgnoreCase(origin.scheme().text())
                && url.getHost().toLowerCase(Locale.ROOT).equals(origin.host())
                && port == origin.port();
    }
}
