package dev.tidemark.evaluation.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.events.TagsListed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page of a base, packed: some 26 bytes a tag, 32 more with its digest and 8 with its age. Found by halving, so that one
 * tag costs a look at ten.
 *
 * <p>The number of tags, where each begins, then each: its length, itself, a flag for what is known of it, and that.
 */
public final class TagPage {

    /** Of a tag, by the distribution spec. */
    private static final int LONGEST = 128;

    private static final int ASCII = 128;

    private static final int SHA_256 = 1;
    private static final int OTHER_DIGEST = 2;
    private static final int FIRST_SEEN = 4;

    private static final String SHA_256_PREFIX = "sha256:";
    private static final int SHA_256_BYTES = 32;
    private static final String SHA_256_FORM = SHA_256_PREFIX + "[0-9a-f]{64}";

    private final byte[] bytes;

    private TagPage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A tag of the page. */
    public record Listed(
            String tag, @Nullable String digest, @Nullable Instant firstSeen) {}

    /** @param bytes of {@link #bytes()} */
    public static TagPage read(byte[] bytes) {
        return new TagPage(bytes);
    }

    /** Whether a page is one that can be kept: a tag's length is one byte, and its characters are ASCII. */
    public static boolean fits(TagsListed page) {
        return page.tags().size() <= TagsListed.MAX_TAGS
                && page.tags().stream()
                        .allMatch(tag -> tag.length() <= LONGEST && tag.chars().allMatch(c -> c < ASCII));
    }

    public static TagPage of(TagsListed page) {
        List<String> tags = page.tags().stream().sorted().distinct().toList();
        int[] starts = new int[tags.size()];
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = entries.size();
            write(tags.get(i), page.digest(tags.get(i)), page.firstSeen().get(tags.get(i)), entries);
        }
        ByteBuffer all = ByteBuffer.allocate((1 + starts.length) * Integer.BYTES + entries.size());
        all.putInt(starts.length);
        for (int start : starts) {
            all.putInt(start);
        }
        return new TagPage(all.put(entries.toByteArray()).array());
    }

    private static void write(
            String tag, @Nullable String digest, @Nullable Instant firstSeen, ByteArrayOutputStream to) {
        byte[] text = tag.getBytes(ISO_8859_1);
        int form = digest == null ? 0 : digest.matches(SHA_256_FORM) ? SHA_256 : OTHER_DIGEST;
        to.write(text.length);
        to.writeBytes(text);
        to.write(form | (firstSeen == null ? 0 : FIRST_SEEN));
        if (firstSeen != null) {
            to.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .putLong(firstSeen.toEpochMilli())
                    .array());
        }
        if (digest != null && form == SHA_256) {
            to.writeBytes(HexFormat.of().parseHex(digest, SHA_256_PREFIX.length(), digest.length()));
        } else if (digest != null) {
            byte[] other = digest.getBytes(UTF_8);
            to.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(other.length).array());
            to.writeBytes(other);
        }
    }

    /** What a store keeps. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** The tag that is first in order; empty for a page without tags. */
    public String first() {
        return size() == 0 ? "" : tag(0);
    }

    /** @return null where the page does not have the tag */
    public @Nullable Listed find(String tag) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = tag(middle).compareTo(tag);
            if (order == 0) {
                return listed(middle);
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return null;
    }

    /** Shows the tags in their order. */
    public void forEach(Consumer<String> visitor) {
        int size = size();
        for (int i = 0; i < size; i++) {
            visitor.accept(tag(i));
        }
    }

    private int at(int index) {
        return (1 + size()) * Integer.BYTES + ByteBuffer.wrap(bytes).getInt((1 + index) * Integer.BYTES);
    }

    private String tag(int index) {
        int at = at(index);
        return new String(bytes, at + 1, bytes[at] & 0xff, ISO_8859_1);
    }

    private Listed listed(int index) {
        int at = at(index);
        int length = bytes[at] & 0xff;
        String tag = new String(bytes, at + 1, length, ISO_8859_1);
        ByteBuffer rest = ByteBuffer.wrap(bytes).position(at + 1 + length);
        int known = rest.get();
        Instant firstSeen = (known & FIRST_SEEN) == 0 ? null : Instant.ofEpochMilli(rest.getLong());
        if ((known & SHA_256) != 0) {
            String hex = HexFormat.of().formatHex(bytes, rest.position(), rest.position() + SHA_256_BYTES);
            return new Listed(tag, SHA_256_PREFIX + hex, firstSeen);
        }
        return new Listed(
                tag,
                (known & OTHER_DIGEST) == 0 ? null : new String(bytes, rest.position() + 4, rest.getInt(), UTF_8),
                firstSeen);
    }
}
