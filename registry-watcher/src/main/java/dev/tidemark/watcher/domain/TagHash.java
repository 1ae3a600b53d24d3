package dev.tidemark.watcher.domain;

import java.security.SecureRandom;

/**
 * A keyed hash of tags, SipHash with one round a word and three at the end. Whoever pushes tags chooses them: with a hash
 * that they can work out, half a million tags of one value would make every look at the table a walk through all of them.
 */
final class TagHash {

    /** Of this process: what is found does not depend on it, nor in which order. */
    static final TagHash SECRET = secret(new SecureRandom());

    private static final int LAST_ROUNDS = 3;

    private final long first;
    private final long second;

    TagHash(long first, long second) {
        this.first = first;
        this.second = second;
    }

    private static TagHash secret(SecureRandom random) {
        return new TagHash(random.nextLong(), random.nextLong());
    }

    /** Of the low eight bits of each character: tags have no others. */
    long of(String tag) {
        long v0 = first ^ 0x736f6d6570736575L;
        long v1 = second ^ 0x646f72616e646f6dL;
        long v2 = first ^ 0x6c7967656e657261L;
        long v3 = second ^ 0x7465646279746573L;
        int words = tag.length() / Long.BYTES + 1;
        for (int step = 0; step < words + LAST_ROUNDS; step++) {
            long word = step < words ? word(tag, step) : 0;
            if (step == words) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Eight characters, fewer in the last word, which has the length too. */
    private static long word(String tag, int index) {
        int from = index * Long.BYTES;
        int to = Math.min(tag.length(), from + Long.BYTES);
        long word = to - from < Long.BYTES ? (long) tag.length() << 56 : 0;
        for (int i = from; i < to; i++) {
            word |= (tag.charAt(i) & 0xffL) << (8 * (i - from));
        }
        return word;
    }
}
