package dev.tidemark.flux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looks like a credential, whoever's it is: an answer may have somebody else's in it. Each pattern begins with
 * words that seldom come up and none can look back, so that the cost stays linear.
 */
final class Credentials {

    private static final String NAMES =
            "(?:access|id|refresh|security|private|registry|identity)?_?-?token|password|passwd|secret|client_secret"
                    + "|api_?key|signature|sig|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)";

    private static final Pattern IN_QUERY =
            Pattern.compile("[?&;](?:" + NAMES + ")=([^&#\\s\"'<>;]++)", Pattern.CASE_INSENSITIVE);

    /** Up to the quotation mark that the value begins with, which has a backslash where JSON is inside JSON. */
    private static final Pattern IN_JSON = Pattern.compile(
            "\"(?:" + NAMES + "|auth|authorization|private_?key)\\\\?\"\\s{0,8}:\\s{0,8}(\\\\?)\"",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_HEADER = Pattern.compile(
            "(?:proxy-)?authorization[\"']?\\s{0,8}[:=]\\s{0,8}[\"'\\[]?(?:(?:basic|bearer|token|digest|negotiate)\\s++)?([^\\s\"',;\\]]++)",
            Pattern.CASE_INSENSITIVE);

    /** A word after it that is no token has no digit: "Bearer authentication is required". */
    private static final Pattern BEARER = Pattern.compile(
            "\\b(?:bearer|token)\\s{1,8}((?=[A-Za-z._~+/=-]{0,64}[0-9])[A-Za-z0-9._~+/=-]{12,})",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BASIC =
            Pattern.compile("\\bbasic\\s{1,8}([A-Za-z0-9+/_-]{4,}={0,2})", Pattern.CASE_INSENSITIVE);

    /** {@code user:password@host:path}; an image with tag and digest looks alike and is none. */
    private static final Pattern SCP_LIKE = Pattern.compile(
            "(?<![^\\s\"'(<=,])([^\\s/:@\"']{1,256}:[^\\s/@\"']{1,256})@(?!sha\\d)[^\\s/:@\"']{1,256}:");

    private Credentials() {}

    static void mark(String text, BitSet masked) {
        markUserInformation(text, masked);
        mark(IN_QUERY, text, masked);
        jsonValues(text).forEach(value -> masked.set(value.begin(), value.end()));
        mark(IN_HEADER, text, masked);
        mark(BEARER, text, masked);
        mark(SCP_LIKE, text, masked);
        Matcher basic = BASIC.matcher(text);
        while (basic.find()) {
            if (isPair(basic.group(1))) {
                masked.set(basic.start(1), basic.end(1));
            }
        }
    }

    private static void mark(Pattern pattern, String text, BitSet masked) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            masked.set(matcher.start(1), matcher.end(1));
        }
    }

    /** Where a text is. */
    record Place(int begin, int end) {}

    /** The values of members whose names say that they are secret. */
    static List<Place> jsonValues(String text) {
        List<Place> values = new ArrayList<>();
        Matcher matcher = IN_JSON.matcher(text);
        while (matcher.find()) {
            boolean nested = !matcher.group(1).isEmpty();
            int begin = matcher.end();
            int end = begin;
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' && !nested ? 2 : 1;
            }
            end = Math.min(end, text.length());
            values.add(new Place(begin, nested && end > begin && text.charAt(end - 1) == '\\' ? end - 1 : end));
        }
        return values;
    }

    /** Between {@code ://} and the last {@code @} before the path; a password may have one itself. */
    private static void markUserInformation(String text, BitSet masked) {
        for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
            int begin = at + 3;
            int last = -1;
            for (int i = begin; i < text.length() && "/?#".indexOf(text.charAt(i)) < 0; i++) {
                char c = text.charAt(i);
                if (Character.isWhitespace(c)) {
                    break;
                }
                if (c == '@') {
                    last = i;
                }
            }
            if (last > begin && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
                masked.set(begin, last);
            }
        }
    }

    /** Whether it is {@code user:password} in Base64, and not a word that follows "Basic". */
    private static boolean isPair(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
