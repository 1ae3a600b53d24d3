package dev.tidemark.committer.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a host may show, from the {@code known_hosts} of a Secret and from nowhere else: there is no trust on first
 * use (flux-git-based 13; the format is OpenSSH's, sshd(8)).
 */
final class KnownHosts implements ServerKeyDatabase {

    private static final int DEFAULT_PORT = 22;
    private static final String REVOKED = "revoked";
    private static final String AUTHORITY = "cert-authority";

    private final List<PublicKey> trusted;
    private final List<PublicKey> revoked;

    private KnownHosts(List<PublicKey> trusted, List<PublicKey> revoked) {
        this.trusted = List.copyOf(trusted);
        this.revoked = List.copyOf(revoked);
    }

    /**
     * What a list says of one host.
     *
     * @param port -1 for SSH's own
     * @throws LoginException if a line cannot be read, or none names the host
     */
    static KnownHosts of(String text, String host, int port) throws LoginException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Map<String, PublicKey> trusted = new LinkedHashMap<>();
        List<PublicKey> revoked = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        boolean authority = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            KnownHostEntry entry = entry(line, number, skipped);
            if (entry == null || !entry.isHostMatch(name, port < 0 ? DEFAULT_PORT : port)) {
                continue;
            }
            if (AUTHORITY.equals(entry.getMarker())) {
                authority = true;
                continue;
            }
            PublicKey key = key(entry);
            if (key == null) {
                if (REVOKED.equals(entry.getMarker())) {
                    throw new LoginException(unreadable(List.of(number)));
                }
                skipped.add(number);
                continue;
            }
            if (REVOKED.equals(entry.getMarker())) {
                revoked.add(key);
            } else {
                trusted.putIfAbsent(KeyUtils.getKeyType(key), key);
            }
        }
        if (trusted.isEmpty() && !authority && !skipped.isEmpty()) {
            throw new LoginException(
                    "knownhosts: key is unknown: known_hosts has no line for " + host + ", and " + unreadable(skipped));
        }
        if (trusted.isEmpty()) {
            throw new LoginException(
                    authority
                            ? "known_hosts names only a certificate authority for " + host
                                    + ", which is not served yet: add the host's own key to the Secret's known_hosts"
                            : "knownhosts: key is unknown: known_hosts has no line for " + host
                                    + (port < 0 ? "" : " with port " + port)
                                    + ": add the output of 'ssh-keyscan"
                                    + (port < 0 ? " " : " -p " + port + " ") + name
                                    + "' to the Secret's known_hosts, after comparing it with what the host publishes");
        }
        return new KnownHosts(List.copyOf(trusted.values()), revoked);
    }

    /** As OpenSSH does, lines that cannot be read are skipped: nothing is trusted by them. */
    private static @Nullable KnownHostEntry entry(String line, int number, List<Integer> skipped) {
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return null;
        }
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(stripped);
            if (entry != null && entry.getKeyEntry() != null) {
                return entry;
            }
        } catch (RuntimeException malformed) {
            // told if nothing else is left
        }
        skipped.add(number);
        return null;
    }

    private static @Nullable PublicKey key(KnownHostEntry entry) {
        try {
            return entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    private static String unreadable(List<Integer> lines) {
        return "line " + lines.getFirst() + " of the Secret's known_hosts cannot be read: a line is"
                + " 'host keytype base64key', as ssh-keyscan writes it";
    }

    /** Decides which key types the host is asked for: only those that can be checked. */
    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
        return trusted;
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remoteAddress,
            PublicKey serverKey,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        return has(trusted, serverKey) && !has(revoked, serverKey);
    }

    private static boolean has(List<PublicKey> keys, PublicKey wanted) {
        return keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, wanted));
    }
}
