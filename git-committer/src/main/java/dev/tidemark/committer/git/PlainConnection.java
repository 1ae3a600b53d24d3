package dev.tidemark.committer.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the JDK's as JGit wants it. JGit's own makes a TLS context for each request, which then neither keeps a
 * connection nor resumes a session: a push takes three times as long.
 */
final class PlainConnection implements HttpConnection {

    /** Unless it is set otherwise, as JGit does: nobody waits for ever. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Learns what was answered. */
    interface Listener {
        void answered(int status, @Nullable String contentType);
    }

    private final HttpURLConnection wrapped;
    private final Listener listener;

    PlainConnection(
            URL url, Proxy proxy, @Nullable SSLSocketFactory tls, @Nullable Authenticator proxyLogin, Listener listener)
            throws IOException {
        this.listener = listener;
        this.wrapped = (HttpURLConnection) url.openConnection(proxy);
        if (tls != null && wrapped instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(tls);
        }
        wrapped.setConnectTimeout((int) CONNECT.toMillis());
        wrapped.setReadTimeout((int) ANSWER.toMillis());
        if (proxyLogin != null) {
            wrapped.setAuthenticator(proxyLogin);
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        int status = wrapped.getResponseCode();
        listener.answered(status, wrapped.getContentType());
        return status;
    }

    /** What was answered, be it a refusal. */
    InputStream body() throws IOException {
        InputStream refusal = wrapped.getErrorStream();
        if (refusal != null) {
            return refusal;
        }
        return wrapped.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
                ? wrapped.getInputStream()
                : InputStream.nullInputStream();
    }

    @Override
    public URL getURL() {
        return wrapped.getURL();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return wrapped.getResponseMessage();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return wrapped.getHeaderFields();
    }

    @Override
    public void setRequestProperty(String key, String value) {
        wrapped.setRequestProperty(key, value);
    }

    @Override
    public void setRequestMethod(String method) throws ProtocolException {
        wrapped.setRequestMethod(method);
    }

    @Override
    public void setUseCaches(boolean useCaches) {
        wrapped.setUseCaches(useCaches);
    }

    @Override
    public void setConnectTimeout(int timeout) {
        wrapped.setConnectTimeout(timeout);
    }

    @Override
    public void setReadTimeout(int timeout) {
        wrapped.setReadTimeout(timeout);
    }

    @Override
    public @Nullable String getContentType() {
        return wrapped.getContentType();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return wrapped.getInputStream();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return wrapped.getHeaderField(name);
    }

    @Override
    public List<String> getHeaderFields(String name) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        wrapped.getHeaderFields().forEach((key, values) -> {
            if (key != null) { // the status line has none
                byName.put(key, values);
            }
        });
        return byName.getOrDefault(name, List.of());
    }

    @Override
    public int getContentLength() {
        return wrapped.getContentLength();
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        wrapped.setInstanceFollowRedirects(followRedirects);
    }

    @Override
    public void setDoOutput(boolean doOutput) {
        wrapped.setDoOutput(doOutput);
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        wrapped.setFixedLengthStreamingMode(contentLength);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return wrapped.getOutputStream();
    }

    @Override
    public void setChunkedStreamingMode(int chunkLength) {
        wrapped.setChunkedStreamingMode(chunkLength);
    }

    @Override
    public String getRequestMethod() {
        return wrapped.getRequestMethod();
    }

    @Override
    public boolean usingProxy() {
        return wrapped.usingProxy();
    }

    @Override
    public void connect() throws IOException {
        wrapped.connect();
    }

    @Override
    public void configure(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted, @Nullable SecureRandom random) {
        throw new UnsupportedOperationException("whom to trust is set before, and by nothing that a remote can reach");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("names are always checked");
    }
}
