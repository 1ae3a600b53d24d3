package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.http.OutgoingHttp;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.HashMap;
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

    /** What a transport was made of; buffers and not arrays, because they compare by content. */
    private record Source(Map<String, ByteBuffer> certificates, Map<String, ByteBuffer> proxy) {

        static Source of(@Nullable SecretContent certificates, @Nullable SecretContent proxy) {
            return new Source(content(certificates), content(proxy));
        }

        private static Map<String, ByteBuffer> content(@Nullable SecretContent secret) {
            Map<String, ByteBuffer> content = new HashMap<>();
            if (secret != null) {
                secret.entries().forEach((key, value) -> content.put(key, ByteBuffer.wrap(value)));
            }
            return content;
        }
    }

    private record Own(Source source, Transport transport) {}

    /** @throws RegistryException when a Secret does not exist or cannot be used */
    Transport forAccess(ResourceSnapshot resources, AccessProfile access) throws RegistryException {
        if (access.certificates() == null && access.proxy() == null) {
            return shared;
        }
        SecretContent certificates = secret(resources, access.namespace(), access.certificates());
        SecretContent proxy = secret(resources, access.namespace(), access.proxy());
        Key key = new Key(access.namespace(), access.certificates(), access.onlyOwnCertificates(), access.proxy());
        Source source = Source.of(certificates, proxy);
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
            SSLContext context = new Certificates(certificates, from).context(access.onlyOwnCertificates());
            client.sslContext(context);
        }
        ProxyAddress address =
                proxy == null ? null : ProxyAddress.read(proxy, access.namespace() + '/' + access.proxy());
        if (address != null) {
            client.proxy(address.selector());
        }
        return new Transport(client.build(), address);
    }

    private static @Nullable SecretContent secret(ResourceSnapshot resources, String namespace, @Nullable String name)
            throws RegistryException {
        if (name == null) {
            return null;
        }
        return resources
                .find(Kinds.SECRET, namespace, name)
                .map(Resource::spec)
                .orElseThrow(() -> new RegistryException(
                        ScanFailure.CONFIGURATION, "Secret '" + namespace + '/' + name + "' not found: create it"));
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
