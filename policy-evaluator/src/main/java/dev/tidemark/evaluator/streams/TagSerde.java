package dev.tidemark.evaluator.streams;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.TagPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Tags in a few bytes, since there are millions of them and a full pass reads them all: flags, how often missed, when
 * first seen, the digest, a SHA-256 as its 32 bytes, with the second in which it was seen, and
 * the one in which it moved, if it did.
 *
 * <p>Behind the digest is what came later: flags of its own, what they stand for, and how many bytes all of that is, so
 * that whoever does not know a flag still knows where the digest ends. A newer flag's values follow the older ones'.
 */
final class TagSerde {

    private static final int HAS_FIRST_SEEN = 1;
    private static final int HAS_DIGEST = 2;
    private static final int DIGEST_IS_SHA256 = 4;
    private static final int CONFIRMED_GONE = 8;
    private static final int ANSWERED = 16;

    /** Older records have none: their digests count as unmoved. */
    private static final int DIGEST_MOVED = 32;

    /** Before a pending tag: what follows the number of its scan; older records have none and belong to scan 0. */
    private static final int OF_A_SCAN = 64;

    /** There is something behind the digest. */
    private static final int MORE = 128;

    /** The first flag behind the digest. Older records have none: any base is newer. */
    private static final int HAS_OFFSET = 1;

    private static final int OFFSET_BYTES = 1 + Long.BYTES + 1;

    private static final String SHA256 = "sha256:";
    private static final int SHA256_BYTES = 32;
    private static final String HEX_DIGITS = "0123456789abcdef";
    private static final HexFormat HEX = HexFormat.of();

    private TagSerde() {}

    static Serde<KnownTag> known() {
        return Serdes.serdeFrom(
                (topic, tag) -> tag == null ? null : write(tag), (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    /** They are packed already. */
    static Serde<TagPage> page() {
        return Serdes.serdeFrom(
                (topic, page) -> page == null ? null : page.bytes(),
                (topic, bytes) -> bytes == null ? null : TagPage.read(bytes));
    }

    /** Null stays Kafka's deletion; what follows the number of the scan is empty for a tag that is to be removed. */
    static Serde<PendingTag> pending() {
        return Serdes.serdeFrom(
                (topic, tag) -> tag == null ? null : write(tag),
                (topic, bytes) -> bytes == null ? null : readPending(bytes));
    }

    private static byte[] write(PendingTag tag) {
        byte[] added = tag.added() == null ? new byte[0] : write(tag.added());
        return ByteBuffer.allocate(1 + Integer.BYTES + added.length)
                .put((byte) OF_A_SCAN)
                .putInt(tag.scan())
                .put(added)
                .array();
    }

    private static PendingTag readPending(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == OF_A_SCAN) {
            byte[] added = Arrays.copyOfRange(bytes, 1 + Integer.BYTES, bytes.length);
            int scan = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
            return new PendingTag(added.length == 0 ? null : read(added), scan);
        }
        return new PendingTag(bytes.length == 0 ? null : read(bytes), 0);
    }

    private static byte[] write(KnownTag tag) {
        Instant seen = tag.firstSeen();
        boolean packed = isSha256(tag.digest());
        byte[] digest = packed
                ? HEX.parseHex(tag.digest(), SHA256.length(), SHA256.length() + 2 * SHA256_BYTES)
                : text(tag.digest());
        int flags = (seen == null ? 0 : HAS_FIRST_SEEN)
                | (tag.digestSeen() == null ? 0 : HAS_DIGEST)
                | (packed ? DIGEST_IS_SHA256 : 0)
                | (tag.confirmedGone() ? CONFIRMED_GONE : 0)
                | (tag.answered() ? ANSWERED : 0)
                | (tag.digestMoved() == null ? 0 : DIGEST_MOVED)
                | (tag.offset() == KnownTag.NOWHERE ? 0 : MORE);
        ByteBuffer bytes = ByteBuffer.allocate(2
                + (seen == null ? 0 : 12)
                + (tag.digestSeen() == null ? 0 : Long.BYTES)
                + (tag.digestMoved() == null ? 0 : Long.BYTES)
                + digest.length
                + (tag.offset() == KnownTag.NOWHERE ? 0 : OFFSET_BYTES));
        bytes.put((byte) flags).put((byte) Math.min(tag.missed(), Byte.MAX_VALUE));
        if (seen != null) {
            bytes.putLong(seen.getEpochSecond()).putInt(seen.getNano());
        }
        Instant digestSeen = tag.digestSeen();
        if (digestSeen != null) {
            bytes.putLong(digestSeen.getEpochSecond());
        }
        Instant digestMoved = tag.digestMoved();
        if (digestMoved != null) {
            bytes.putLong(digestMoved.getEpochSecond());
        }
        bytes.put(digest);
        if (tag.offset() != KnownTag.NOWHERE) {
            bytes.put((byte) HAS_OFFSET).putLong(tag.offset()).put((byte) OFFSET_BYTES);
        }
        return bytes.array();
    }

    private static KnownTag read(byte[] from) {
        ByteBuffer bytes = ByteBuffer.wrap(from);
        int flags = bytes.get() & 0xff;
        int missed = bytes.get();
        Instant seen = (flags & HAS_FIRST_SEEN) == 0 ? null : Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
        Instant digestSeen = (flags & HAS_DIGEST) == 0 ? null : Instant.ofEpochSecond(bytes.getLong());
        Instant digestMoved = (flags & DIGEST_MOVED) == 0 ? null : Instant.ofEpochSecond(bytes.getLong());
        String digest = digest(flags, bytes);
        boolean answered = digest != null && (flags & ANSWERED) != 0;
        boolean gone = (flags & CONFIRMED_GONE) != 0;
        long offset = (flags & MORE) != 0 && (bytes.get() & HAS_OFFSET) != 0 ? bytes.getLong() : KnownTag.NOWHERE;
        return digest == null
                ? new KnownTag(null, null, null, seen, missed, gone, false, offset)
                : new KnownTag(digest, digestSeen, digestMoved, seen, missed, gone, answered, offset);
    }

    private static @Nullable String digest(int flags, ByteBuffer bytes) {
        if ((flags & DIGEST_IS_SHA256) != 0) {
            byte[] digest = new byte[SHA256_BYTES];
            bytes.get(digest);
            return SHA256 + HEX.formatHex(digest);
        }
        if ((flags & HAS_DIGEST) == 0) {
            return null;
        }
        int more = (flags & MORE) == 0 ? 0 : bytes.get(bytes.limit() - 1);
        byte[] rest = new byte[bytes.remaining() - more];
        bytes.get(rest);
        return new String(rest, StandardCharsets.UTF_8);
    }

    private static boolean isSha256(@Nullable String digest) {
        return digest != null
                && digest.length() == SHA256.length() + 2 * SHA256_BYTES
                && digest.startsWith(SHA256)
                && digest.chars().skip(SHA256.length()).allMatch(c -> HEX_DIGITS.indexOf(c) >= 0);
    }

    private static byte[] text(@Nullable String digest) {
        return digest == null ? new byte[0] : digest.getBytes(StandardCharsets.UTF_8);
    }
}
