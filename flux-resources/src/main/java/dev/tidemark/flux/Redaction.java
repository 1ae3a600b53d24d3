package dev.tidemark.flux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes secrets out of a text before it is shown, stored or logged: what looks like a credential wherever it stands (user
 * information of URLs, authorization headers, tokens in queries and JSON), and each value that the operation used, also
 * escaped or encoded as servers echo it. The one place for it: whoever turns something that came from outside (an
 * answer, an exception, a URL) into a message passes it through here.
 *
 * <p>The cost is linear in the text, and texts are cut: a hostile server's answer is no reason to fill a status.
 */
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    /** Longer texts say nothing more to a reader; half of what a condition may have. */
    public static final int LONGEST_TEXT = 16_384;

    /** Shorter values hide nothing and would mask letters of ordinary words. */
    static final int SHORTEST_SECRET = 4;

    /** Lines of a key are secret each by itself; shorter ones are words such as {@code DEK-Info}. */
    static final int SHORTEST_LINE = 16;

    /** Fewer characters of Base64 come up by chance. */
    private static final int SHORTEST_BASE64 = 6;

    /** A secret that the cut goes through would not be recognised: so much is read beyond it, and dropped. */
    private static final int MARGIN = 8_192;

    private static final String CUT = "… (truncated)";
    private static final String BOUNDARY = "-----";

    private static final Redaction OF_URLS = new Redaction(List.of(), List.of());

    /** As bytes in the shape of characters, see {@link Reading}. */
    private final List<String> plain;

    private final List<String> base64;

    private Redaction(List<String> plain, List<String> base64) {
        this.plain = plain;
        this.base64 = base64;
    }

    /** Knows no secret and masks what looks like a credential. */
    public static Redaction ofUrls() {
        return OF_URLS;
    }

    /** @param secrets the values that the operation used: passwords, tokens, keys, whole values of Secrets */
    public static Redaction of(Collection<String> secrets) {
        Set<String> plain = new LinkedHashSet<>();
        Set<String> base64 = new LinkedHashSet<>();
        for (String secret : secrets) {
            for (String part : parts(secret)) {
                plain.add(Reading.bytes(part));
                base64.addAll(insideBase64(part.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return new Redaction(List.copyOf(plain), List.copyOf(base64));
    }

    /** The text without secrets, cut where it is too long. */
    public String apply(String text) {
        boolean cut = text.length() > LONGEST_TEXT;
        String read = text.substring(0, Math.min(text.length(), LONGEST_TEXT + MARGIN));
        return cut ? clean(read, LONGEST_TEXT) + CUT : clean(text, text.length());
    }

    /** The text without secrets, however long: for a log, where the first cause of an exception stands last. */
    public String applyToAll(String text) {
        return clean(text, text.length());
    }

    /**
     * The exception for a log or for whoever says why: itself when it tells no secret, otherwise one that prints the same
     * without them, with all its causes.
     */
    public RuntimeException masked(RuntimeException fault) {
        return MaskedException.of(fault, this)
                .<RuntimeException>map(Function.identity())
                .orElse(fault);
    }

    /** Like {@link #masked(RuntimeException)}. */
    public Throwable masked(Throwable fault) {
        return MaskedException.of(fault, this)
                .<Throwable>map(Function.identity())
                .orElse(fault);
    }

    private String clean(String read, int length) {
        BitSet masked = new BitSet(read.length());
        Credentials.mark(read, masked);
        if (!plain.isEmpty()) {
            for (Reading reading : Reading.all(read)) {
                plain.forEach(secret -> reading.mark(secret, masked));
            }
            base64.forEach(secret -> markRun(read, secret, masked));
        }
        return masked.isEmpty() && length == read.length() ? read : rendered(read, masked, length);
    }

    /** The whole value, the lines of a key, the passwords inside JSON. */
    private static Set<String> parts(String secret) {
        Set<String> parts = new LinkedHashSet<>();
        String whole = secret.strip();
        if (whole.length() >= SHORTEST_SECRET) {
            parts.add(whole);
        }
        if (whole.indexOf('\n') >= 0) {
            whole.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith(BOUNDARY))
                    .forEach(parts::add);
        }
        // in Secrets of registries the password stands inside JSON
        for (Credentials.Place place : Credentials.jsonValues(whole)) {
            if (place.end() - place.begin() >= SHORTEST_SECRET) {
                parts.add(whole.substring(place.begin(), place.end()));
            }
        }
        return parts;
    }

    /**
     * What every Base64 text that has these bytes somewhere in it contains, for instance that of {@code user:password}:
     * the characters that only they decide, for each of the three places where they can begin.
     */
    private static List<String> insideBase64(byte[] secret) {
        List<String> inside = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int begin = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            if (end - begin >= SHORTEST_BASE64) {
                String sure = encoded.substring(begin, end);
                inside.add(sure);
                inside.add(sure.replace('+', '-').replace('/', '_'));
            }
        }
        return inside;
    }

    /** Marks the whole run of Base64 in which the characters stand. */
    private static void markRun(String text, String part, BitSet masked) {
        for (int at = text.indexOf(part); at >= 0; ) {
            int begin = at;
            while (begin > 0 && isBase64(text.charAt(begin - 1))) {
                begin--;
            }
            int end = at + part.length();
            while (end < text.length() && isBase64(text.charAt(end))) {
                end++;
            }
            masked.set(begin, end);
            at = text.indexOf(part, end);
        }
    }

    private static boolean isBase64(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "+/-_=".indexOf(c) >= 0;
    }

    private static String rendered(String text, BitSet masked, int length) {
        StringBuilder clean = new StringBuilder(length);
        int at = 0;
        while (at < length) {
            int begin = masked.nextSetBit(at);
            if (begin < 0 || begin >= length) {
                return clean.append(text, at, length).toString();
            }
            clean.append(text, at, begin).append(MASK);
            at = masked.nextClearBit(begin);
        }
        return clean.toString();
    }
}
