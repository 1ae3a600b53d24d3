package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.net.IpV6;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.FunctionException;
import java.io.ByteArrayOutputStream;

/** The parts of a URL with and without escapes, by the rules that Go's {@code net/url} has for each. */
record GoUrlText(String url) {
    private static final String UNRESERVED = "-_.~";
    private static final String IN_HOST = "!$&'()*+,;=:[]<>\"";
    private static final String IN_USER = "$&+,;=";
    private static final String USER = IN_USER + "!'()*%:@";

    /** What an escape may stand for. */
    private enum Part {
        ANY,
        /** Only what is not ASCII, and the percent sign. */
        HOST,
        /** Only what may stand in a host as it is, a blank, and the percent sign. */
        ZONE
    }

    FunctionException bad(String problem) {
        return new FunctionException("unable to parse url: parse \"" + url + "\": " + problem);
    }

    String unescape(String part) {
        return unescape(part, Part.ANY);
    }

    /** The name and password of a user, each with its usual escapes. */
    String user(String info) {
        info.codePoints().filter(c -> !isFree(c, USER)).findFirst().ifPresent(c -> {
            throw bad("invalid userinfo");
        });
        int colon = info.indexOf(':');
        String name = unescape(colon < 0 ? info : info.substring(0, colon));
        String password = colon < 0 ? "" : ":" + escape(unescape(info.substring(colon + 1)), IN_USER);
        return escape(name, IN_USER) + password;
    }

    /** @param strict whether a second colon belongs to the port, as for http and https */
    String host(String host, boolean strict) {
        int bracket = host.lastIndexOf('[');
        if (bracket > 0) {
            throw bad("invalid IP-literal");
        }
        if (bracket == 0) {
            return literal(host);
        }
        int colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
        if (colon >= 0) {
            checkPort(host.substring(colon));
        }
        return unescape(host, Part.HOST);
    }

    private String literal(String host) {
        int close = host.lastIndexOf(']');
        if (close < 0) {
            throw bad("missing ']' in host");
        }
        checkPort(host.substring(close + 1));
        String inner = host.substring(1, close);
        int zone = inner.indexOf("%25");
        String address = unescape(zone < 0 ? inner : inner.substring(0, zone), Part.HOST);
        String zoneName = zone < 0 ? "" : unescape(inner.substring(zone), Part.ZONE);
        if (!IpV6.isAddress(address) || zoneName.equals("%")) {
            throw bad("invalid host");
        }
        return '[' + address + zoneName + ']' + host.substring(close + 1);
    }

    private void checkPort(String port) {
        if (!isPort(port)) {
            throw bad("invalid port \"" + port + "\" after host");
        }
    }

    /** Nothing, or a colon with digits or nothing behind it. */
    static boolean isPort(String port) {
        return port.isEmpty()
                || (port.startsWith(":") && port.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private String unescape(String text, Part part) {
        var out = new ByteArrayOutputStream();
        byte[] bytes = Utf8.bytes(text);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                if (part != Part.ANY && bytes[i] >= 0 && !isFree(bytes[i], IN_HOST)) {
                    throw bad("invalid character \"" + (char) bytes[i] + "\" in host name");
                }
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            int value = high << 4 | low;
            if (high < 0 || low < 0 || !mayBeEscaped(value, part)) {
                throw bad("invalid URL escape");
            }
            out.write(value);
            i += 2;
        }
        return Utf8.string(out.toByteArray());
    }

    private static boolean mayBeEscaped(int value, Part part) {
        return switch (part) {
            case ANY -> true;
            case HOST -> value >= 0x80 || value == '%';
            case ZONE -> value == '%' || value == ' ' || isFree(value, IN_HOST);
        };
    }

    private static boolean isFree(int c, String also) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter || UNRESERVED.indexOf(c) >= 0 || also.indexOf(c) >= 0;
    }

    static String escapeHost(String host) {
        return escape(host, IN_HOST);
    }

    static String escape(String part, String also) {
        StringBuilder out = new StringBuilder();
        for (byte b : Utf8.bytes(part)) {
            int c = b & 0xFF;
            if (isFree(c, also)) {
                out.append((char) c);
            } else {
                out.append(String.format("%%%02X", c));
            }
        }
        return out.toString();
    }
}
