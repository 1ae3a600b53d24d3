package dev.tidemark.runtime.quarkus;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/** Whom the management listener answers (ADR 19). */
final class ManagementRules {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String HEALTH = "/q/health";

    private final ManagementToken token;
    private final Set<String> hosts;

    /** @param hosts names beside loopback's, lower case */
    ManagementRules(ManagementToken token, Set<String> hosts) {
        this.token = token;
        this.hosts = hosts;
    }

    /**
     * A request.
     *
     * @param host of the address that the client says it asked, without the port; empty where it says none
     * @param from the client's address
     * @param at the address that was reached
     * @param authorization the header, empty where absent
     */
    record Asked(String method, String path, String host, String from, String at, String authorization) {}

    /** What to do with it. */
    enum Verdict {
        ANSWERED,
        /** A name that is not ours: a web page may have given its own name our address. */
        FOREIGN_NAME,
        /** Only with the token. */
        UNPROVED
    }

    Verdict on(Asked asked) {
        String host = bare(asked.host());
        if (!isLoopback(host) && !host.equals(bare(asked.at())) && !hosts.contains(host)) {
            return Verdict.FOREIGN_NAME;
        }
        boolean free = READING.contains(asked.method())
                && (isLoopback(bare(asked.from()))
                        || asked.path().equals(HEALTH)
                        || asked.path().startsWith(HEALTH + '/'));
        return free || token.isIn(asked.authorization()) ? Verdict.ANSWERED : Verdict.UNPROVED;
    }

    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** No name is looked up: what it means is not ours to say. */
    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
