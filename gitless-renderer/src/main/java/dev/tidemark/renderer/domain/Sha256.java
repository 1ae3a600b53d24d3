package dev.tidemark.renderer.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Revisions are hashes of text. */
public final class Sha256 {

    private Sha256() {}

    /** {@code sha256:<hex>} of the text's UTF-8 bytes. */
    public static String revision(String text) {
        return revision(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code sha256:<hex>}. */
    public static String revision(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
