package dev.tidemark.watcher.domain;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text form of a digest, {@code algorithm:hex} (OCI image specification, descriptor). A registry that sends
 * something else is not believed: what stands in the log is read back at every start.
 */
public final class ContentDigest {

    /** Lengths of the algorithms that registries use. */
    private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);

    private static final Pattern FORM = Pattern.compile("([a-z0-9]{1,32}(?:[.+_-][a-z0-9]{1,32}){0,3}):([0-9a-f]+)");

    /** An algorithm that we do not know has 128 to 640 bits. */
    private static final int SHORTEST = 32;

    private static final int LONGEST = 160;

    private ContentDigest() {}

    /** Whether the text is a digest: of a known algorithm in its length, of another one in any that is usual. */
    public static boolean isValid(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return false;
        }
        int length = form.group(2).length();
        Integer known = HEX_LENGTHS.get(form.group(1));
        return known == null ? length >= SHORTEST && length <= LONGEST : length == known;
    }
}
