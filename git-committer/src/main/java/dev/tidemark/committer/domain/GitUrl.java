package dev.tidemark.committer.domain;

import dev.tidemark.policies.Parsed;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Git repository is, as {@code spec.url} of its GitRepository says it (flux-git-based 8, 13). Anybody can write
 * any text there, so this is the one place that reads it, and it answers with a value or with what is wrong.
 *
 * @param host in lower case, IPv6 in brackets; empty for a file
 * @param port -1 for the scheme's own
 * @param path percent-encoded, with the slash at its begin
 * @param user decoded; null if the URL names none
 * @param password decoded; null if the URL names none
 */
public record GitUrl(
        Scheme scheme,
        String host,
        int port,
        String path,
        @Nullable String user,
        @Nullable String password) {

    /** How the repository is reached. */
    public enum Scheme {
        HTTPS(443),
        HTTP(80),
        SSH(22),
        FILE(-1);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /** As URLs have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No server, proxy or browser takes longer ones. */
    static final int MAX_LENGTH = 2048;

    private static final int MAX_PORT = 65_535;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ZONE = Pattern.compile("%25[A-Za-z0-9._~-]+$");
    private static final String SUFFIX = ".git";
    private static final String NO_SCHEME =
            "has no scheme: write https://host/path, or ssh://user@host/path for user@host:path";

    /** Reads a text; what is wrong is said without the secrets that it may contain. */
    public static Parsed<GitUrl> parse(String text) {
        try {
            GitUrl url = read(text);
            if (url.address().length() > MAX_LENGTH) {
                throw new Wrong("has more than " + MAX_LENGTH + " characters, percent-encoded as it is sent");
            }
            return Parsed.of(url);
        } catch (Wrong wrong) {
            return Parsed.malformed("the url '" + Printable.url(text) + "' " + wrong.getMessage());
        }
    }

    /** What is wrong with a text, behind its mention. */
    private static final class Wrong extends Exception {
        private Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private static GitUrl read(String text) throws Wrong {
        checkCharacters(text);
        Matcher parts = SCHEME.matcher(text);
        if (!parts.matches()) {
            throw new Wrong(NO_SCHEME);
        }
        Scheme scheme = scheme(parts.group(1), parts.group(2));
        String rest = parts.group(2);
        if (!rest.startsWith("//")) {
            if (scheme == Scheme.FILE && rest.startsWith("/")) {
                rest = "//" + rest;
            } else {
                throw new Wrong("has no // behind " + parts.group(1) + ": write " + example(scheme));
            }
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        String path = PercentCoding.encode(slash < 0 ? "" : rest.substring(slash));
        return scheme == Scheme.FILE ? file(authority, path) : remote(scheme, authority, path);
    }

    private static String example(Scheme scheme) {
        return scheme.text() + (scheme == Scheme.FILE ? ":///path" : "://host/path");
    }

    private static void checkCharacters(String text) throws Wrong {
        if (text.isBlank()) {
            throw new Wrong("is empty: write https://host/path");
        }
        if (text.length() > MAX_LENGTH) {
            throw new Wrong("has more than " + MAX_LENGTH + " characters");
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                throw new Wrong("has a blank or a control character at position " + (at + 1) + ": remove it");
            }
            if (c == '\\' || c == '#' || c == '?') {
                throw new Wrong("has a '" + c + "', which no Git URL has: remove it");
            }
        }
        if (!PercentCoding.isValid(text)) {
            throw new Wrong("has a % that two hexadecimal digits do not follow: write it as %25");
        }
    }

    private static Scheme scheme(String name, String rest) throws Wrong {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.text().equals(name.toLowerCase(Locale.ROOT))) {
                return scheme;
            }
        }
        throw new Wrong(rest.startsWith("//") ? "must begin with https://, http://, ssh:// or file://" : NO_SCHEME);
    }

    private static GitUrl file(String authority, String path) throws Wrong {
        if (!authority.isEmpty() && !authority.equals("localhost")) {
            throw new Wrong("names a host: a file URL has three slashes, file:///path");
        }
        if (path.length() < 2) {
            throw new Wrong("has no path: write file:///path");
        }
        return new GitUrl(Scheme.FILE, "", -1, path, null, null);
    }

    private static GitUrl remote(Scheme scheme, String authority, String path) throws Wrong {
        if (!authority.isEmpty() && path.replace("/", "").isEmpty()) {
            throw new Wrong("has no path, so it names no repository: write " + example(scheme));
        }
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1);
        int end = hostAndPort.indexOf(':', hostAndPort.startsWith("[") ? Math.max(0, hostAndPort.indexOf(']')) : 0);
        String host = end < 0 ? hostAndPort : hostAndPort.substring(0, end);
        int port = port(hostAndPort.substring(host.length()));
        String user = null;
        String password = null;
        if (at >= 0) {
            String[] login = authority.substring(0, at).split(":", 2);
            user = PercentCoding.decode(login[0]);
            password = login.length == 2 ? PercentCoding.decode(login[1]) : null;
        }
        return new GitUrl(scheme, host(host), port == scheme.port ? -1 : port, path, user, password);
    }

    private static String host(String text) throws Wrong {
        if (text.isEmpty()) {
            throw new Wrong("has no host: write https://host/path");
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return '[' + address(text.substring(1, text.length() - 1)) + ']';
        }
        if (!HOST.matcher(text).matches()) {
            throw new Wrong("has a host that is none: a name has letters, digits, '-', '_' and '.'; "
                    + "others are written as xn--…, IPv6 in brackets");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String address(String text) throws Wrong {
        try {
            Inet6Address.ofLiteral(ZONE.matcher(text).replaceFirst(""));
            return text.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noAddress) {
            throw new Wrong("has no IPv6 address between its brackets");
        }
    }

    private static int port(String text) throws Wrong {
        if (text.isEmpty() || text.equals(":")) {
            return -1;
        }
        String digits = text.substring(1);
        if (!text.startsWith(":") || !NUMBER.matcher(digits).matches()) {
            throw new Wrong("has no number as its port: write https://host:port/path, IPv6 addresses in brackets");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new Wrong("has the port " + port + ": ports are 1 to " + MAX_PORT);
        }
        return port;
    }

    /** The URL without user information: what the remote is asked by, and what messages show. */
    public String address() {
        return scheme.text() + "://" + host + (port < 0 ? "" : ":" + port) + path;
    }

    /**
     * The normal form: two spellings of one remote must be one branch, so that it has one writer. Host and path, without
     * scheme, user, default port, {@code .git} and slashes at the end; a file is its path.
     */
    public String remote() {
        List<String> segments = new ArrayList<>();
        for (String segment : Arrays.asList(path.split("/"))) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                segments.add(segment);
            }
        }
        String joined = String.join("/", segments);
        String name = joined.endsWith(SUFFIX) ? joined.substring(0, joined.length() - SUFFIX.length()) : joined;
        return host + (port < 0 ? "" : ":" + port) + "/" + name;
    }

    @Override
    public String toString() {
        return address();
    }
}
