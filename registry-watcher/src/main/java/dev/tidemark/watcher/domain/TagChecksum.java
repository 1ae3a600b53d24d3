package dev.tidemark.watcher.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Checksum of a set of tags that does not depend on their order and follows additions and removals: the sum of 128 bits
 * of each tag's SHA-256.
 */
final class TagChecksum {

    private final MessageDigest sha256;
    private long high;
    private long low;

    TagChecksum() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(String tag) {
        ByteBuffer hash = hash(tag);
        high += hash.getLong();
        low += hash.getLong();
    }

    void remove(String tag) {
        ByteBuffer hash = hash(tag);
        high -= hash.getLong();
        low -= hash.getLong();
    }

    private ByteBuffer hash(String tag) {
        return ByteBuffer.wrap(sha256.digest(tag.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** 32 hex digits. */
    String text() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
