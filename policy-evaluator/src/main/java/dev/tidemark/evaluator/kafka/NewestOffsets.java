package dev.tidemark.evaluator.kafka;

import dev.tidemark.runtime.log.TopicScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The offset of the newest record of each key of a partition. A key costs three numbers whatever its length: keys are told
 * apart by 128 bits of their SHA-256, for which nobody finds two.
 */
final class NewestOffsets {

    private static final int NUMBERS_PER_KEY = 3;
    private static final int FIRST_SLOTS = 1 << 10;

    /** A table that is fuller than two thirds is made twice as large: probes stay short. */
    private static final int FULL_PERCENT = 66;

    private final MessageDigest sha256 = sha256();
    private final int maxKeys;

    /** First half of the hash, second half, offset + 1: 0 where the slot is free. Made with the first key. */
    private long @Nullable [] slots;

    private int keys;

    /** @param maxKeys for how many there is room */
    NewestOffsets(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /**
     * Notes a record; one that is noted later is newer.
     *
     * @throws TopicScan.TooMuchException when there is no room for another key
     */
    void note(String key, long offset) {
        long[] table = slots;
        if (table == null) {
            table = new long[FIRST_SLOTS * NUMBERS_PER_KEY];
            slots = table;
        }
        ByteBuffer hash = hash(key);
        long high = hash.getLong();
        long low = hash.getLong();
        int slot = slot(table, high, low);
        if (table[slot + 2] == 0) {
            if (keys == maxKeys) {
                throw new TopicScan.TooMuchException("a partition holds more than the " + maxKeys
                        + " keys whose newest record can be looked for at once here");
            }
            keys++;
        }
        table[slot] = high;
        table[slot + 1] = low;
        table[slot + 2] = offset + 1;
        if (keys * 100L > (long) table.length / NUMBERS_PER_KEY * FULL_PERCENT) {
            slots = twiceAsLarge(table);
        }
    }

    /** Whether this is the newest record of its key. */
    boolean isNewest(String key, long offset) {
        long[] table = slots;
        if (table == null) {
            return false;
        }
        ByteBuffer hash = hash(key);
        int slot = slot(table, hash.getLong(), hash.getLong());
        return table[slot + 2] == offset + 1;
    }

    private static long[] twiceAsLarge(long[] table) {
        long[] larger = new long[table.length * 2];
        for (int i = 0; i < table.length; i += NUMBERS_PER_KEY) {
            if (table[i + 2] != 0) {
                System.arraycopy(table, i, larger, slot(larger, table[i], table[i + 1]), NUMBERS_PER_KEY);
            }
        }
        return larger;
    }

    /** Where a key is, or would be. */
    private static int slot(long[] table, long high, long low) {
        int slots = table.length / NUMBERS_PER_KEY;
        int slot = (int) Math.floorMod(high, (long) slots);
        while (true) {
            int at = slot * NUMBERS_PER_KEY;
            if (table[at + 2] == 0 || (table[at] == high && table[at + 1] == low)) {
                return at;
            }
            slot = (slot + 1) % slots;
        }
    }

    private ByteBuffer hash(String key) {
        return ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
