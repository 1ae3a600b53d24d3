package dev.tidemark.flux;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a text before it is shown, stored or logged: the user information of every URL, whatever its
 * scheme, and each value that the operation used. The one place for it: whoever turns something that came from
 * outside (an answer, an exception, a URL) into a message passes it through here.
 */
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    /** Shorter values hide nothing and would mask letters of ordinary words. */
    static final int SHORTEST_SECRET = 4;

    private static final Pattern USER_INFORMATION =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\\s@]*(?:@[^/?#\\s@]*)*@");
    private static final Redaction OF_URLS = new Redaction(List.of());

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Knows no secret and masks the user information of URLs. */
    public static Redaction ofUrls() {
        return OF_URLS;
    }

    /** @param secrets the values that the operation used: passwords, tokens, keys; longer ones are masked first */
    public static Redaction of(Collection<String> secrets) {
        return new Redaction(secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** The text without secrets. */
    public String apply(String text) {
        String clean = USER_INFORMATION.matcher(text).replaceAll("$1" + MASK + "@");
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }
}
