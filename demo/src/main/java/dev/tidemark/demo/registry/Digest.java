package dev.tidemark.demo.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** {@code sha256:<hex>}, the only algorithm that the demo speaks. */
record Digest(String text) {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    Digest {
        if (!FORM.matcher(text).matches()) {
            throw new RegistryError(400, "DIGEST_INVALID", "'" + text + "' is not a sha256 digest");
        }
    }

    static Digest of(byte[] content) {
        try {
            return new Digest("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static boolean isDigest(String reference) {
        return reference.startsWith("sha256:");
    }

    String hex() {
        return text.substring("sha256:".length());
    }
}
