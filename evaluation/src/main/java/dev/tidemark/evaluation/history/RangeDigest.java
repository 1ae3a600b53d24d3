package dev.tidemark.evaluation.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of the lines of a file and of its blocks. */
final class RangeDigest {

    private final MessageDigest all = sha256();
    private final MessageDigest block = sha256();
    private final List<String> blocks = new ArrayList<>();

    /** @param line without its end */
    void add(byte[] line) {
        for (MessageDigest digest : List.of(all, block)) {
            digest.update(line);
            digest.update((byte) '\n');
        }
    }

    void endBlock() {
        blocks.add(HexFormat.of().formatHex(block.digest()));
    }

    List<String> blocks() {
        return blocks;
    }

    /** Only once, at the end. */
    String ofAll() {
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
