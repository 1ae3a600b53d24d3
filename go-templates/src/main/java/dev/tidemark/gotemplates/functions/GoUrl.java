package dev.tidemark.gotemplates.functions;

/**
 * A URL as Go's {@code net/url} takes it apart.
 *
 * @param userinfo escaped, without the at sign
 * @param path unescaped
 * @param fragment unescaped
 */
record GoUrl(String scheme, String opaque, String userinfo, String host, String path, String query, String fragment) {
    static GoUrl parse(String text) {
        var reading = new GoUrlText(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
                throw reading.bad("invalid control character in URL");
            }
        }
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : reading.unescape(text.substring(hash + 1));
        String rest = hash < 0 ? text : text.substring(0, hash);
        int colon = schemeEnd(rest, reading);
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
            throw reading.bad("first path segment in URL cannot contain colon");
        }
        String user = "";
        String host = "";
        if (rest.startsWith("//") && !(scheme.isEmpty() && rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            int at = authority.lastIndexOf('@');
            user = at < 0 ? "" : reading.user(authority.substring(0, at));
            host = reading.host(authority.substring(at + 1), scheme.equals("http") || scheme.equals("https"));
        }
        return new GoUrl(scheme, "", user, host, reading.unescape(rest), query, fragment);
    }

    private static int schemeEnd(String rest, GoUrlText reading) {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                if (i == 0) {
                    throw reading.bad("missing protocol scheme");
                }
                return i;
            }
            if (!letter && !(later && i > 0)) {
                return -1;
            }
        }
        return -1;
    }

    String hostname() {
        int colon = host.lastIndexOf(':');
        String name = colon >= 0 && GoUrlText.isPort(host.substring(colon)) ? host.substring(0, colon) : host;
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
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
                out.append(userinfo).append(userinfo.isEmpty() ? "" : "@").append(GoUrlText.escapeHost(host));
            }
            String escaped = path.equals("*") ? path : GoUrlText.escape(path, "$&+,/:;=@");
            if (!escaped.isEmpty() && !escaped.startsWith("/") && !host.isEmpty()) {
                out.append('/');
            }
            int slash = escaped.indexOf('/');
            String first = slash < 0 ? escaped : escaped.substring(0, slash);
            out.append(out.isEmpty() && first.contains(":") ? "./" : "").append(escaped);
        }
        out.append(query.isEmpty() ? "" : "?" + query);
        return out.append(fragment.isEmpty() ? "" : "#" + GoUrlText.escape(fragment, "$&+,/:;=?@!()*"))
                .toString();
    }
}
