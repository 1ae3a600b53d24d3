package dev.tidemark.watcher.oci;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a registry could not be spoken to, in operators' words: the transport's exceptions name classes, or nothing. */
final class Causes {

    /** Causes may go round in a circle. */
    private static final int MAX_DEPTH = 20;

    private Causes() {}

    static String of(IOException fault) {
        String deeper = known(fault);
        if (deeper != null) {
            return deeper;
        }
        Throwable said = fault;
        int depth = 0;
        while (said.getCause() != null && repeatsItsCause(said) && depth++ < MAX_DEPTH) {
            said = said.getCause();
        }
        String message = said.getMessage();
        return message == null || message.isBlank() ? "the connection broke" : message;
    }

    /** Without words of its own an exception shows its cause, with the name of its class. */
    private static boolean repeatsItsCause(Throwable fault) {
        return fault.getMessage() == null || fault.getMessage().equals(String.valueOf(fault.getCause()));
    }

    /** Whether it was this side that gave up reading, because it is to do something else: nothing is wrong over there. */
    static boolean isStop(IOException fault) {
        return find(fault, InterruptedException.class) != null || fault instanceof ClosedByInterruptException;
    }

    /** Whether the other side speaks TLS and only its certificate is not taken. */
    static boolean isCertificate(IOException fault) {
        return find(fault, CertificateException.class) != null
                || String.valueOf(fault.getMessage()).contains("PKIX");
    }

    private static @Nullable String known(IOException fault) {
        if (find(fault, CertificateExpiredException.class) != null) {
            return "untrusted certificate: it has expired, renew the registry's certificate";
        }
        if (find(fault, CertificateNotYetValidException.class) != null) {
            return "untrusted certificate: it is not valid yet, look at the clocks of both machines";
        }
        if (fault instanceof SSLException tls) {
            return ofTls(tls);
        }
        if (find(fault, UnknownHostException.class) != null || find(fault, UnresolvedAddressException.class) != null) {
            return "its name is not known: check the spelling and the DNS server";
        }
        if (fault instanceof HttpConnectTimeoutException) {
            return "no connection in time: is it down, or behind a firewall?";
        }
        if (fault instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (fault instanceof ConnectException) {
            return "connection refused: is it running at this port?";
        }
        if (fault instanceof ProtocolException || find(fault, IllegalArgumentException.class) != null) {
            return "its answer is not HTTP: is there a registry at this port?";
        }
        boolean hungUp = find(fault, EOFException.class) != null || find(fault, ClosedChannelException.class) != null;
        return hungUp ? "it closed the connection without an answer" : null;
    }

    private static String ofTls(SSLException fault) {
        String message = String.valueOf(fault.getMessage());
        if (message.contains("PKIX")) {
            return "untrusted certificate: it is signed by nobody who is trusted, set certSecretRef to a Secret with"
                    + " the CA in ca.crt (" + message + ")";
        }
        CertificateException other = find(fault, CertificateException.class);
        if (other != null) {
            return "untrusted certificate: " + other.getMessage();
        }
        if (message.contains("plaintext connection") || message.contains("SSL message")) {
            return "it does not speak TLS: set 'insecure: true' if it is meant to be reached by plain HTTP";
        }
        return "the TLS handshake failed: " + message;
    }

    private static <T extends Throwable> @Nullable T find(Throwable fault, Class<T> kind) {
        int depth = 0;
        for (Throwable at = fault; at != null && depth < MAX_DEPTH; at = at.getCause(), depth++) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
        }
        return null;
    }
}
