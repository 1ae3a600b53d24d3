package dev.tidemark.go.net;

/** The text of an IPv6 address without a zone, as Go's {@code netip.ParseAddr} takes it. */
public final class IpV6 {

    private static final int GROUPS = 8;
    private static final int MOST_DIGITS = 4;

    private final String text;
    private int at;
    private int groups;
    private boolean shortened;

    private IpV6(String text) {
        this.text = text;
    }

    public static boolean isAddress(String text) {
        return new IpV6(text).read();
    }

    private boolean read() {
        if (text.startsWith("::")) {
            shortened = true;
            at = 2;
        }
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
                end++;
            }
            if (text.startsWith(".", end)) {
                // The last two groups may be written as an IPv4 address.
                groups += 2;
                return isIpV4(text.substring(at)) && isWhole();
            }
            if (end == at || end - at > MOST_DIGITS) {
                return false;
            }
            groups++;
            at = end;
            if (at < text.length() && !colon()) {
                return false;
            }
        }
        return isWhole();
    }

    /** Passes what stands between two groups. */
    private boolean colon() {
        if (text.startsWith("::", at)) {
            boolean first = !shortened;
            shortened = true;
            at += 2;
            return first;
        }
        at++;
        return text.charAt(at - 1) == ':' && at < text.length();
    }

    /** Two colons stand for one group at least. */
    private boolean isWhole() {
        return shortened ? groups < GROUPS : groups == GROUPS;
    }

    private static boolean isIpV4(String text) {
        String[] bytes = text.split("\\.", -1);
        for (String one : bytes) {
            boolean digits = !one.isEmpty() && one.length() <= 3 && one.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || (one.length() > 1 && one.startsWith("0")) || Integer.parseInt(one) > 255) {
                return false;
            }
        }
        return bytes.length == 4;
    }
}
