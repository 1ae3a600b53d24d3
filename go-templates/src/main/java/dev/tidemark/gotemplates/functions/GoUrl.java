package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.value.Utf8;
import java.io.ByteArrayOutputStream;

/**
 * A URL as Go's {@code net/url} takes it apart.
 *
 * @param userinfo escaped, without the at sign
 * @param path unescaped
 * @param fragment unescaped
 */
record GoUrl(String scheme, String opaque, String userinfo, String host, String path, String query, String fragment) {
    private static final String UNRESERVED = "-_.~";

    static GoUrl parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
                throw bad(text, "invalid control character in URL");
            }
        }
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : unescape(text.substring(hash + 1), text);
        String rest = hash < 0 ? text : text.substring(0, hash);
        int colon = schemeEnd(rest, text);
        String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
        rest = rest.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/") && !scheme.isEmpty()) {
            return new GoUrl(scheme, rest, "", "", "", query, fragment);
        }
        int firstSlash = rest.indexOf('/');
        String firstSegment = firstSlash < 0 ? rest : rest.substring(0, firstSlash);
        if (!rest.startsWith("/") && firstSegment.contains(":")) {
            throw bad(text, "first path segment in URL cannot contain colon");
        }
        String user = "";
        String host = "";
        if (rest.startsWith("//") && !(scheme.isEmpty() && rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            int at = authority.lastIndexOf('@');
            user = at < 0 ? "" : user(authority.substring(0, at), text);
            host = host(authority.substring(at + 1), text);
        }
        return new GoUrl(scheme, "", user, host, unescape(rest, text), query, fragment);
    }

    private static int schemeEnd(String rest, String text) {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                if (i == 0) {
                    throw bad(text, "missing protocol scheme");
                }
                return i;
            }
            if (!letter && !(later && i > 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static String user(String info, String text) {
        int colon = info.indexOf(':');
        String name = unescape(colon < 0 ? info : info.substring(0, colon), text);
        String password = colon < 0 ? "" : ":" + escape(unescape(info.substring(colon + 1), text), "$&+,;=");
        return escape(name, "$&+,;=") + password;
    }

    private static String host(String host, String text) {
        if (host.startsWith("[")) {
            int close = host.lastIndexOf(']');
            if (close < 0) {
                throw bad(text, "missing ']' in host");
            }
            checkPort(host.substring(close + 1), text);
            return host;
        }
        int colon = host.lastIndexOf(':');
        if (colon >= 0) {
            checkPort(host.substring(colon), text);
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < 0x80 && " <>\"{}|\\^`".indexOf(c) >= 0 && c != '<' && c != '>' && c != '"') {
                throw bad(text, "invalid character \"" + c + "\" in host name");
            }
        }
        return unescape(host, text);
    }

    private static void checkPort(String port, String text) {
        if (!port.isEmpty()
                && !(port.startsWith(":") && port.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'))) {
            throw bad(text, "invalid port \"" + port + "\" after host");
        }
    }

    private static FunctionException bad(String text, String problem) {
        return new FunctionException("unable to parse url: parse \"" + text + "\": " + problem);
    }

    String hostname() {
        if (host.startsWith("[")) {
            return host.substring(1, host.indexOf(']'));
        }
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static String unescape(String part, String text) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        var out = new ByteArrayOutputStream();
        byte[] bytes = Utf8.bytes(part);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw bad(text, "invalid URL escape");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return Utf8.string(out.toByteArray());
    }

    private static String escape(String part, String also) {
        StringBuilder out = new StringBuilder();
        for (byte b : Utf8.bytes(part)) {
            char c = (char) (b & 0xFF);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || UNRESERVED.indexOf(c) >= 0 || also.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(scheme);
        if (!scheme.isEmpty()) {
            out.append(':');
        }
        if (!opaque.isEmpty()) {
            out.append(opaque);
        } else {
            if (!scheme.isEmpty() || !host.isEmpty() || !userinfo.isEmpty()) {
                boolean omitted = host.isEmpty() && userinfo.isEmpty() && path.startsWith("/");
                if (!host.isEmpty() || !path.isEmpty() || !userinfo.isEmpty()) {
                    out.append(omitted && !path.startsWith("//") && scheme.isEmpty() ? "" : "//");
                }
                out.append(userinfo).append(userinfo.isEmpty() ? "" : "@").append(escape(host, "!$&'()*+,;=:[]<>\""));
            }
            String escaped = escape(path, "$&+,/:;=@");
            if (!escaped.isEmpty() && !escaped.startsWith("/") && !host.isEmpty()) {
                out.append('/');
            }
            int slash = escaped.indexOf('/');
            String first = slash < 0 ? escaped : escaped.substring(0, slash);
            out.append(out.isEmpty() && first.contains(":") ? "./" : "").append(escaped);
        }
        out.append(query.isEmpty() ? "" : "?" + query);
        return out.append(fragment.isEmpty() ? "" : "#" + escape(fragment, "$&+,/:;=?@!()*"))
                .toString();
    }
}
