package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.Certificates;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.flux.secret.SecretException;
import dev.tidemark.watcher.http.OutgoingHttp;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The transports: one shared by everybody who needs neither certificates nor a proxy of their own, one for each other
 * pair of Secrets, made anew when their content changes.
 */
final class HttpClients implements AutoCloseable {

    /** A client has a thread and connections: more pairs of Secrets than this take turns. */
    static final int MAX_OWN = 100;

    private static final int FIRST = 16;
    private static final float LOAD = 0.75f;

    private final Transport shared = new Transport(OutgoingHttp.client().build(), null);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Own> own = new LinkedHashMap<>(FIRST, LOAD, true);

    private record Key(
            String namespace,
            @Nullable String certificates,
            boolean onlyOwnCertificates,
            @Nullable String proxy) {}

    /** What a transport was made of. */
    private record Source(
            @Nullable SecretContent certificates, @Nullable SecretContent proxy) {}

    private record Own(Source source, Transport transport) {}

    /** @throws RegistryException when a Secret does not exist or cannot be used */
    Transport forAccess(AccessSecrets secrets, AccessProfile access) throws RegistryException {
        if (access.certificates() == null && access.proxy() == null) {
            return shared;
        }
        SecretContent certificates = secret(secrets, access.certificates());
        SecretContent proxy = secret(secrets, access.proxy());
        Key key = new Key(access.namespace(), access.certificates(), access.onlyOwnCertificates(), access.proxy());
        Source source = new Source(certificates, proxy);
        lock.lock();
        try {
            Own known = own.get(key);
            if (known != null && known.source().equals(source)) {
                return known.transport();
            }
            Transport made = make(access, certificates, proxy);
            own.put(key, new Own(source, made));
            removeEldest();
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Not shut down: a walk may be using it, and the JDK ends a client that nobody refers to. */
    private void removeEldest() {
        Iterator<Own> eldest = own.values().iterator();
        while (own.size() > MAX_OWN) {
            eldest.next();
            eldest.remove();
        }
    }

    private static Transport make(
            AccessProfile access, @Nullable SecretContent certificates, @Nullable SecretContent proxy)
            throws RegistryException {
        HttpClient.Builder client = OutgoingHttp.client();
        if (certificates != null) {
            String from = access.namespace() + '/' + access.certificates();
            client.sslContext(context(new Certificates(certificates, from), access.onlyOwnCertificates()));
        }
        ProxyAddress address = proxy == null ? null : address(proxy, access.namespace() + '/' + access.proxy());
        if (address != null) {
            client.proxy(ProxySelector.of(address.address()));
        }
        return new Transport(client.build(), address);
    }

    private static SSLContext context(Certificates certificates, boolean onlyOwn) throws RegistryException {
        try {
            return certificates.context(onlyOwn);
        } catch (SecretException unusable) {
            throw new RegistryException(ScanFailure.CONFIGURATION, String.valueOf(unusable.getMessage()));
        }
    }

    private static ProxyAddress address(SecretContent proxy, String from) throws RegistryException {
        try {
            return ProxyAddress.read(proxy, from);
        } catch (SecretException unusable) {
            throw new RegistryException(ScanFailure.CONFIGURATION, String.valueOf(unusable.getMessage()));
        }
    }

    private static @Nullable SecretContent secret(AccessSecrets secrets, @Nullable String name)
            throws RegistryException {
        return name == null ? null : secrets.get(name);
    }

    @Override
    public void close() {
        shared.client().shutdownNow();
        lock.lock();
        try {
            own.values().forEach(known -> known.transport().client().shutdownNow());
        } finally {
            lock.unlock();
        }
    }
}
