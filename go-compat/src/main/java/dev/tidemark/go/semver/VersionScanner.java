package dev.tidemark.go.semver;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over a text, no regular expression: every tag of a full pass comes through here. */
final class VersionScanner {

    private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);

    private final String text;
    private int at;
    private boolean valid = true;

    private VersionScanner(String text) {
        this.text = text;
    }

    static Optional<Version> scan(String text) {
        // Characters beyond ASCII are refused below, so counting UTF-16 units is counting bytes.
        if (text.isEmpty() || text.length() > Version.MAX_BYTES) {
            return Optional.empty();
        }
        return Optional.ofNullable(new VersionScanner(text).version());
    }

    private @Nullable Version version() {
        skip('v');
        long major = number();
        long minor = valid && skip('.') ? number() : 0;
        long patch = valid && skip('.') ? number() : 0;
        String preRelease = valid && skip('-') ? identifiers(true) : "";
        String metadata = valid && skip('+') ? identifiers(false) : "";
        return valid && at == text.length() ? new Version(major, minor, patch, preRelease, metadata, text) : null;
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private long number() {
        int start = at;
        long value = 0;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            int digit = text.charAt(at) - '0';
            int tooBig = Long.compareUnsigned(value, MAX_TENTH);
            // 2^64 - 1 ends with 5.
            if (tooBig > 0 || (tooBig == 0 && digit > 5)) {
                valid = false;
                return 0;
            }
            value = value * 10 + digit;
        }
        valid &= at > start;
        return value;
    }

    private String identifiers(boolean refuseLeadingZeros) {
        int start = at;
        do {
            int first = at;
            boolean numeric = true;
            for (; at < text.length() && isIdentifier(text.charAt(at)); at++) {
                numeric &= isDigit(text.charAt(at));
            }
            boolean leadingZero = numeric && at - first > 1 && text.charAt(first) == '0';
            if (at == first || (refuseLeadingZeros && leadingZero)) {
                valid = false;
                return "";
            }
        } while (skip('.'));
        return text.substring(start, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifier(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }
}
