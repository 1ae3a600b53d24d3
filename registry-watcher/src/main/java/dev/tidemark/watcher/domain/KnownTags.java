package dev.tidemark.watcher.domain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one feed, packed: about 36 bytes a tag, 71 with its digest ({@link #BYTES_PER_TAG} at most), eight more for
 * each place that the log has news of it in. Entries lie behind one another in a byte array; a hash table of offsets finds
 * them. Each entry has a mark, which a running {@link TagScan} uses to tell what it has seen; what it was replaced by or
 * removed has another one. Not for several threads at once.
 */
public final class KnownTags {

    /** With a digest, at most; what the services expect to need is reckoned with it. */
    public static final int BYTES_PER_TAG = 80;

    private static final String SHA_256 = "sha256:";
    private static final int SHA_256_BYTES = 32;
    private static final int SHA_256_RAW = 1;
    private static final int NO_DIGEST = 0;
    private static final int MAX_DIGEST = 255;

    /** The first byte of an entry. */
    private static final byte UNMARKED = 0;

    private static final byte MARKED = 1;
    private static final byte DEAD = 2;

    /** Mark, length of the tag, form of the digest, which places follow, first seen in milliseconds (0: age unknown). */
    private static final int HEADER = 4 + Long.BYTES;

    private static final int IN_BASE = 1;
    private static final int HAS_OWN = 2;
    private static final int HAS_PAGE = 4;

    private static final int EMPTY = -1;
    private static final int REMOVED = -2;

    private byte[] entries = new byte[256];
    private int used;
    private int dead;
    private int[] slots = emptySlots(16);
    private int takenSlots;
    private int size;
    private int withNews;
    private final TagChecksum checksum = new TagChecksum();

    /**
     * @param firstSeen null when it was there before the first scan
     * @param places where the log has it
     */
    public record Known(
            String tag, @Nullable String digest, @Nullable Instant firstSeen, Places places) {

        /** One that the log does not have yet. */
        public Known(String tag, @Nullable String digest, @Nullable Instant firstSeen) {
            this(tag, digest, firstSeen, Places.NOWHERE);
        }

        Known at(Places other) {
            return new Known(tag, digest, firstSeen, other);
        }
    }

    /** Receives tags; see {@link #forEach}. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Known tag);
    }

    public int size() {
        return size;
    }

    /** Those that the log has more of than the base says. */
    int withNews() {
        return withNews;
    }

    /** Of the set of tags, whatever their order or digests. */
    public String checksum() {
        return checksum.text();
    }

    public Optional<Known> find(String tag) {
        int slot = slotOf(tag);
        return slot < 0 ? Optional.empty() : Optional.of(read(slots[slot]));
    }

    public boolean contains(String tag) {
        return slotOf(tag) >= 0;
    }

    /** Adds a tag or replaces what is known of it; the mark stays. */
    public void put(Known known) {
        int slot = slotOf(known.tag());
        if (slot >= 0) {
            int old = slots[slot];
            int offset = append(known);
            entries[offset] = entries[old];
            slots[slot] = offset;
            withNews -= newsAt(old);
            bury(old);
            if (dead > entries.length / 2) {
                rebuild();
            }
        } else {
            if ((takenSlots + 1) * 2 > slots.length) {
                rebuild();
            }
            int offset = append(known);
            slots[freeSlot(known.tag())] = offset;
            takenSlots++;
            size++;
            checksum.add(known.tag());
        }
    }

    /** Forgets a tag; false if it was not known. */
    public boolean remove(String tag) {
        int slot = slotOf(tag);
        if (slot < 0) {
            return false;
        }
        withNews -= newsAt(slots[slot]);
        bury(slots[slot]);
        slots[slot] = REMOVED;
        size--;
        checksum.remove(tag);
        return true;
    }

    private void bury(int offset) {
        entries[offset] = DEAD;
        dead += lengthAt(offset);
    }

    /** All tags, those first that were put or changed first. */
    public void forEach(Visitor visitor) {
        for (int offset = 0; offset < used; offset += lengthAt(offset)) {
            if (entries[offset] != DEAD) {
                visitor.visit(read(offset));
            }
        }
    }

    /** Those that the log has more of than the base says. */
    void forEachWithNews(Visitor visitor) {
        if (withNews == 0) {
            return;
        }
        for (int offset = 0; offset < used; offset += lengthAt(offset)) {
            if (entries[offset] != DEAD && newsAt(offset) > 0) {
                visitor.visit(read(offset));
            }
        }
    }

    private int newsAt(int offset) {
        return (entries[offset + 3] & (HAS_OWN | HAS_PAGE)) == 0 ? 0 : 1;
    }

    void clearMarks() {
        for (int offset = 0; offset < used; offset += lengthAt(offset)) {
            if (entries[offset] == MARKED) {
                entries[offset] = UNMARKED;
            }
        }
    }

    /** Whether the tag is known; {@code MARKED_BEFORE} also tells that it was marked already. */
    Mark mark(String tag) {
        int slot = slotOf(tag);
        if (slot < 0) {
            return Mark.UNKNOWN;
        }
        boolean before = entries[slots[slot]] == MARKED;
        entries[slots[slot]] = MARKED;
        return before ? Mark.MARKED_BEFORE : Mark.MARKED;
    }

    enum Mark {
        UNKNOWN,
        MARKED,
        MARKED_BEFORE
    }

    void forEachUnmarked(Visitor visitor) {
        for (int offset = 0; offset < used; offset += lengthAt(offset)) {
            if (entries[offset] == UNMARKED) {
                visitor.visit(read(offset));
            }
        }
    }

    /** Bytes held, for the test of the budget. */
    int bytes() {
        return entries.length + slots.length * Integer.BYTES;
    }

    /** Slots behind one another that are taken, which a search walks through at worst; for the test of the hash. */
    int longestRun() {
        int longest = 0;
        int run = 0;
        for (int offset : slots) {
            run = offset == EMPTY ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private int append(Known known) {
        byte[] tag = known.tag().getBytes(StandardCharsets.ISO_8859_1);
        byte[] digest = digestBytes(known.digest());
        int flags = flags(known.places());
        int length = HEADER + tag.length + digest.length + placesLength(flags);
        if (used + length > entries.length) {
            // A quarter more: doubling would waste what packing saves.
            entries = Arrays.copyOf(entries, Math.max(used + length, entries.length + entries.length / 4));
        }
        int offset = used;
        entries[offset] = UNMARKED;
        entries[offset + 1] = (byte) tag.length;
        entries[offset + 2] = (byte) digestForm(known.digest(), digest);
        long millis = known.firstSeen() == null ? 0 : known.firstSeen().toEpochMilli();
        entries[offset + 3] = (byte) flags;
        putLong(offset + 4, millis);
        System.arraycopy(tag, 0, entries, offset + HEADER, tag.length);
        System.arraycopy(digest, 0, entries, offset + HEADER + tag.length, digest.length);
        used += length;
        int at = used;
        if (known.places().hasPage()) {
            at -= Long.BYTES;
            putLong(at, known.places().page());
        }
        if (known.places().hasOwn()) {
            putLong(at - Long.BYTES, known.places().own());
        }
        withNews += newsAt(offset);
        return offset;
    }

    private static int flags(Places places) {
        return (places.base() ? IN_BASE : 0) | (places.hasOwn() ? HAS_OWN : 0) | (places.hasPage() ? HAS_PAGE : 0);
    }

    private static int placesLength(int flags) {
        return Integer.bitCount(flags & (HAS_OWN | HAS_PAGE)) * Long.BYTES;
    }

    private void putLong(int at, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            entries[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private long getLong(int at) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (entries[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    private Places placesAt(int offset) {
        int flags = entries[offset + 3];
        int at = offset + lengthAt(offset);
        long page = Places.NONE;
        if ((flags & HAS_PAGE) != 0) {
            at -= Long.BYTES;
            page = getLong(at);
        }
        long own = (flags & HAS_OWN) == 0 ? Places.NONE : getLong(at - Long.BYTES);
        return new Places((flags & IN_BASE) != 0, own, page);
    }

    private static boolean isSha256(String digest) {
        return digest.startsWith(SHA_256) && digest.length() == SHA_256.length() + 2 * SHA_256_BYTES;
    }

    private static byte[] digestBytes(@Nullable String digest) {
        if (digest == null) {
            return new byte[0];
        }
        if (isSha256(digest)) {
            return HexFormat.of().parseHex(digest, SHA_256.length(), digest.length());
        }
        byte[] text = digest.getBytes(StandardCharsets.ISO_8859_1);
        if (text.length <= SHA_256_RAW || text.length > MAX_DIGEST) {
            throw new IllegalArgumentException("not a digest: '" + digest + "'");
        }
        return text;
    }

    private static int digestForm(@Nullable String digest, byte[] bytes) {
        if (digest == null) {
            return NO_DIGEST;
        }
        return isSha256(digest) ? SHA_256_RAW : bytes.length;
    }

    private Known read(int offset) {
        int tagLength = entries[offset + 1] & 0xff;
        int form = entries[offset + 2] & 0xff;
        long millis = getLong(offset + 4);
        String tag = new String(entries, offset + HEADER, tagLength, StandardCharsets.ISO_8859_1);
        int at = offset + HEADER + tagLength;
        String digest =
                switch (form) {
                    case NO_DIGEST -> null;
                    case SHA_256_RAW -> SHA_256 + HexFormat.of().formatHex(entries, at, at + SHA_256_BYTES);
                    default -> new String(entries, at, form, StandardCharsets.ISO_8859_1);
                };
        return new Known(tag, digest, millis == 0 ? null : Instant.ofEpochMilli(millis), placesAt(offset));
    }

    private int lengthAt(int offset) {
        return lengthAt(entries, offset);
    }

    /** The slot of a tag, or -1. */
    private int slotOf(String tag) {
        int mask = slots.length - 1;
        for (int slot = spread(tag) & mask; slots[slot] != EMPTY; slot = (slot + 1) & mask) {
            if (slots[slot] >= 0 && isAt(slots[slot], tag)) {
                return slot;
            }
        }
        return -1;
    }

    private boolean isAt(int offset, String tag) {
        int length = entries[offset + 1] & 0xff;
        if (length != tag.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((entries[offset + HEADER + i] & 0xff) != tag.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int freeSlot(String tag) {
        int mask = slots.length - 1;
        int slot = spread(tag) & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int spread(String tag) {
        return (int) TagHash.SECRET.of(tag);
    }

    private static int[] emptySlots(int count) {
        int[] slots = new int[count];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    /** Makes room in the table and leaves the dead entries behind. */
    private void rebuild() {
        byte[] old = entries;
        int end = used;
        int live = used - dead;
        entries = new byte[Math.max(256, live + live / 8)];
        used = 0;
        dead = 0;
        slots = emptySlots(Integer.highestOneBit(Math.max(8, size)) * 4);
        takenSlots = size;
        int length;
        for (int offset = 0; offset < end; offset += length) {
            length = lengthAt(old, offset);
            if (old[offset] != DEAD) {
                System.arraycopy(old, offset, entries, used, length);
                String tag = new String(old, offset + HEADER, old[offset + 1] & 0xff, StandardCharsets.ISO_8859_1);
                slots[freeSlot(tag)] = used;
                used += length;
            }
        }
    }

    private static int lengthAt(byte[] entries, int offset) {
        int form = entries[offset + 2] & 0xff;
        return HEADER
                + (entries[offset + 1] & 0xff)
                + (form == SHA_256_RAW ? SHA_256_BYTES : form)
                + placesLength(entries[offset + 3]);
    }
}
