package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.go.time.GoDuration;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.jspecify.annotations.Nullable;

/**
 * The true cause of a failed exchange: where the remote redirected to, what status it answered, what the network said; and
 * only then JGit's text, which calls a wrong password a missing provider of credentials.
 */
final class FailureCause {

    private static final List<String> UNAUTHENTICATED = List.of(
            "not authorized",
            "authentication is required",
            "auth cancel",
            "server authentication",
            "no more authentication methods");
    private static final List<String> FORBIDDEN =
            List.of("not permitted", "forbidden", "marked as read only", "denied to", "not allowed to push");
    private static final List<String> HOST_KEY =
            List.of("server key did not validate", "unable to negotiate key exchange for server-host-key");
    private static final List<String> CLOSED = List.of("unexpected end of file", "connection reset", "broken pipe");
    private static final String UNRESOLVED = "unresolvedaddressexception";
    private static final String PROXY = "unable to tunnel through proxy";

    /** An HTTP status as a word of its own: a port, a path or a commit may contain the same digits. */
    private static final String STATUS = "(?s).*(?<![\\w:/.-])%d(?![\\w/-]).*";

    /** What the operating system says. */
    private static final String DISK_FULL = "no space left on device";

    private static final List<Class<? extends IOException>> OF_REMOTES = List.of(
            UnknownHostException.class,
            InterruptedIOException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            SSLException.class,
            TooLargeException.class);

    private static final Pattern CERTIFICATE_PATH = Pattern.compile("PKIX|certification path|trustAnchors");

    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 20;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN_STATUS = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int PROXY_AUTHENTICATION = 407;
    private static final int TOO_MANY = 429;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_SERVER_FAULT = 500;

    private final Source source;
    private final OriginConnections answers;

    FailureCause(Source source, OriginConnections answers) {
        this.source = source;
        this.answers = answers;
    }

    /** Whether the remote answered, and said no: nothing was done then. */
    boolean isAnswer(Throwable failure) {
        String text = text(failure);
        return find(failure, OriginConnections.ElsewhereException.class).isPresent()
                || find(failure, LoginException.class).isPresent()
                || isOtherHost(text)
                || (answers.status() >= FIRST_REDIRECT && answers.status() < FIRST_SERVER_FAULT)
                || isUnauthenticated(text)
                || isForbidden(text);
    }

    /** Whether it is the remote, or the way there, that failed; where nobody knows, it may be the files on this side. */
    boolean isOfRemote(Throwable failure) {
        return isAnswer(failure)
                || answers.status() >= FIRST_SERVER_FAULT
                || OF_REMOTES.stream().anyMatch(type -> find(failure, type).isPresent());
    }

    /** Whether the remote does not take the credentials: others may help. */
    boolean isDenied(Throwable failure) {
        if (answers.status() >= FIRST_REFUSAL) {
            return answers.status() == UNAUTHORIZED || answers.status() == FORBIDDEN_STATUS;
        }
        String text = text(failure);
        return find(failure, LoginException.class).isPresent()
                || isOtherHost(text)
                || isUnauthenticated(text)
                || isForbidden(text);
    }

    /** @param write whether the exchange was a push */
    String of(Throwable failure, boolean write) {
        var elsewhere = find(failure, OriginConnections.ElsewhereException.class);
        if (elsewhere.isPresent()) {
            return "the remote redirects to " + elsewhere.get().repository()
                    + ", and credentials stay with their origin: if that is right, write it into spec.url of "
                    + source.repository();
        }
        if (answers.status() >= FIRST_REFUSAL) {
            return ofStatus(answers.status(), write);
        }
        var login = find(failure, LoginException.class);
        if (login.isPresent()) {
            return login.get().getMessage() + " (the Secret that " + source.repository() + " names in spec.secretRef)";
        }
        var noCommit = find(failure, RefTarget.NoCommitException.class);
        if (noCommit.isPresent()) {
            return noCommit.get().getMessage()
                    + ", so there is nothing to check out: name a branch, or a tag of a commit, in spec.ref of "
                    + source.repository() + " (or in the automation's spec.git.checkout.ref, where that names it)";
        }
        if (isOtherHost(text(failure))) {
            return "knownhosts: key mismatch: " + authority()
                    + " shows another host key than known_hosts has in the Secret"
                    + " of " + source.repository() + ": somebody stands in between, or the host has a new key; then"
                    + " compare it with what the host publishes and correct known_hosts";
        }
        return ofNetwork(failure).orElseGet(() -> ofText(failure, write));
    }

    private String ofStatus(int status, boolean write) {
        return switch (status) {
            case UNAUTHORIZED -> unauthenticated();
            case FORBIDDEN_STATUS -> forbidden(write);
            case NOT_FOUND, GONE -> notFound();
            case PROXY_AUTHENTICATION -> "the proxy wants a login (407)";
            case TOO_MANY -> "rate limited (429): the remote wants fewer requests, so raise the interval";
            default ->
                status >= FIRST_SERVER_FAULT
                        ? "the remote answers " + status + ": it is down or overloaded"
                        : "the remote refuses with " + status + ": check spec.url of " + source.repository();
        };
    }

    private String unauthenticated() {
        return switch (source.access().login()) {
            case Access.Login.Anonymous anonymous ->
                "authentication required: name a Secret with username and password, or bearerToken, in spec.secretRef of "
                        + source.repository();
            case Access.Login.Basic basic -> refusedLogin("user name and password");
            case Access.Login.Bearer bearer -> refusedLogin("bearerToken");
            case Access.Login.App app ->
                "authentication failed: the remote does not take the token that GitHub gave to app "
                        + app.app().id() + " (401): is the app installed for this repository? (the Secret that "
                        + source.repository() + " names in spec.secretRef)";
            case Access.Login.Key key ->
                "authentication failed: " + authority() + " does not take this key for " + key.user()
                        + ": make its public half a deploy key of the repository, with write access, or correct identity"
                        + " in the Secret that " + source.repository() + " names in spec.secretRef";
        };
    }

    private String refusedLogin(String what) {
        return "authentication failed: the remote does not take this " + what
                + " (401, authentication required): correct the Secret that " + source.repository()
                + " names in spec.secretRef";
    }

    private String forbidden(boolean write) {
        return "authorization failed: the remote forbids it" + (answers.status() == FORBIDDEN_STATUS ? " (403)" : "")
                + ": give the credentials of " + source.repository()
                + (write ? " write access" : " access to the repository");
    }

    private String notFound() {
        String remedy = source.access().login() instanceof Access.Login.Anonymous
                ? ", or name a Secret in its spec.secretRef"
                : ", or give its credentials access";
        return "repository not found, or no access to it: correct spec.url of " + source.repository()
                + (source.url().scheme() == GitUrl.Scheme.FILE ? "" : remedy);
    }

    private Optional<String> ofNetwork(Throwable failure) {
        ProxyAddress proxy = source.access().proxy();
        String host = proxy == null ? source.url().host() : "the proxy " + proxy.host();
        if (find(failure, UnknownHostException.class).isPresent()
                || find(failure, UnresolvedAddressException.class).isPresent()
                || mentions(text(failure), List.of(UNRESOLVED))) {
            return Optional.of("unknown host: DNS has no address of " + host);
        }
        if (mentions(text(failure), List.of(PROXY))) {
            return Optional.of("the proxy lets no connection to " + source.url().host() + " through: " + text(failure));
        }
        if (find(failure, SSLException.class).isPresent() || mentions(text(failure), List.of("ssl problems"))) {
            return Optional.of(ofTls(failure));
        }
        if (find(failure, InterruptedIOException.class).isPresent()) {
            return Optional.of("timeout: " + host + " did not answer within " + GoDuration.text(source.timeout())
                    + " (spec.timeout of " + source.repository() + ")");
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return Optional.of("connection refused: nothing listens at "
                    + (proxy == null ? authority() : "the proxy " + proxy.host() + ':' + proxy.port()));
        }
        if (find(failure, NoRouteToHostException.class).isPresent()) {
            return Optional.of("unreachable: there is no route to " + host);
        }
        if (mentions(text(failure), List.of(DISK_FULL))) {
            return Optional.of(
                    "no space left on device: the disk of the state folder is full (tidemark.state); make room"
                            + " on it, or give it a larger one");
        }
        return find(failure, EOFException.class).isPresent() || mentions(text(failure), CLOSED)
                ? Optional.of("connection closed: " + authority() + " ended it before its answer was complete")
                : Optional.empty();
    }

    private String ofTls(Throwable failure) {
        String said = text(failure);
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return "untrusted certificate: the one of " + authority() + " has expired";
        }
        if (said.contains("subject alternative") || said.contains("No name matching")) {
            return "untrusted certificate: the one of " + authority() + " is for another host";
        }
        if (find(failure, CertificateException.class).isPresent()
                || CERTIFICATE_PATH.matcher(said).find()) {
            return "untrusted certificate: no trusted authority signed the one of " + authority()
                    + ": put its authority into ca.crt of the Secret that " + source.repository() + " names";
        }
        return "TLS failed: " + said;
    }

    private String ofText(Throwable failure, boolean write) {
        String text = text(failure);
        if (isUnauthenticated(text)) {
            return unauthenticated();
        }
        if (isForbidden(text)) {
            // over SSH a server's own words are all that there is
            return forbidden(write) + (source.url().scheme() == GitUrl.Scheme.SSH ? " (" + text + ')' : "");
        }
        if (find(failure, NoRemoteRepositoryException.class).isPresent()) {
            return notFound();
        }
        String type = answers.contentType();
        return type != null && type.startsWith("text/html")
                ? "no Git repository: the answer is a web page: correct spec.url of " + source.repository()
                : text;
    }

    private String authority() {
        GitUrl url = source.url();
        return url.port() < 0 ? url.host() : url.host() + ':' + url.port();
    }

    private boolean isOtherHost(String text) {
        return source.url().scheme() == GitUrl.Scheme.SSH && mentions(text, HOST_KEY);
    }

    private static boolean isUnauthenticated(String text) {
        return mentions(text, UNAUTHENTICATED) || text.matches(STATUS.formatted(UNAUTHORIZED));
    }

    private static boolean isForbidden(String text) {
        return mentions(text, FORBIDDEN) || text.matches(STATUS.formatted(FORBIDDEN_STATUS));
    }

    private static boolean mentions(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (@Nullable Throwable at = failure; at != null && depth < MAX_CAUSES; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        int depth = 0;
        for (@Nullable Throwable at = failure.getCause();
                at != null && depth < MAX_CAUSES;
                at = at.getCause(), depth++) {
            String more = String.valueOf(at.getMessage());
            if (text.indexOf(more) < 0) {
                text.append(": ").append(more);
            }
        }
        return text.toString();
    }
}
