package dev.tidemark.events;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Which partition a key lives in: the only place that computes it. Producers, Streams and the check for strayed records
 * all call it, so that everything about one image meets in one partition number of every topic.
 */
public final class Partitioning {

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private Partitioning() {}

    /** The partition of a record, a claim in the one that it names; from 0 to {@code count - 1}. */
    public static int partition(Topic topic, String key, int count) {
        OptionalInt claimed = topic == Topic.TAG_DISCOVERED ? Keys.claimedPartition(key) : OptionalInt.empty();
        if (claimed.isPresent() && claimed.getAsInt() < count) {
            return claimed.getAsInt();
        }
        String followed =
                switch (topic.partitions()) {
                    case BY_IMAGE -> Keys.imagePart(key);
                    case BY_KEY -> key;
                };
        return Math.floorMod(hash(followed), count);
    }

    /** The partition of an image in every topic that is partitioned by image. */
    public static int partition(ImageName image, int count) {
        return Math.floorMod(hash(image.text()), count);
    }

    /** The partition of what belongs to no image, by its name; within one service. */
    public static int ofName(String name, int count) {
        return Math.floorMod(hash(name), count);
    }

    /** FNV-1a with a final mix; part of the contract, since other writers of these topics must agree with it. */
    private static int hash(String text) {
        int hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= b & 0xff;
            hash *= FNV_PRIME;
        }
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        return hash;
    }
}
