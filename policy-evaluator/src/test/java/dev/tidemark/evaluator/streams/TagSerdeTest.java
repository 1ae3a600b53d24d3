package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagSerdeTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String DIGEST = "sha256:" + "4f53cda1".repeat(8);

    @Test
    void whatIsWrittenIsRead() {
        KnownTag seen = KnownTag.seen(DIGEST, NOON, NOON.minusMillis(1));
        KnownTag moved = KnownTag.seen("sha256:short", NOON.plusMillis(61_999), null)
                .asOldAs(seen)
                .answering(true);
        assertThat(moved.digestMoved()).isEqualTo(NOON.plusSeconds(61));

        for (KnownTag tag : List.of(seen, moved, moved.notFound(), KnownTag.neverListed())) {
            assertThat(TagSerde.known()
                            .deserializer()
                            .deserialize("", TagSerde.known().serializer().serialize("", tag)))
                    .isEqualTo(tag);
            PendingTag pending = new PendingTag(tag, 7);
            assertThat(TagSerde.pending()
                            .deserializer()
                            .deserialize("", TagSerde.pending().serializer().serialize("", pending)))
                    .isEqualTo(pending);
        }
    }

    /** Bytes of a store that was written before anybody took note of moves. */
    @Test
    void olderTagsCountAsUnmoved() {
        byte[] older = HexFormat.of().parseHex("16" + "00" + "000000006a21a9c0" + "4f53cda1".repeat(8));

        KnownTag tag = TagSerde.known().deserializer().deserialize("", older);

        assertThat(tag).isEqualTo(new KnownTag(DIGEST, Instant.ofEpochSecond(0x6a21a9c0L), null, null, 0, false, true));
        assertThat(TagSerde.known().serializer().serialize("", tag)).isEqualTo(older);
    }

    /** Flag 0x80 is nobody's yet: whatever it stands for lies behind the digest. */
    @Test
    void whatANewerVersionAddsIsNoDigest() {
        byte[] newer =
                HexFormat.of().parseHex("96" + "00" + "000000006a21a9c0" + "4f53cda1".repeat(8) + "0102030405060708");
        byte[] ofAnotherKind = HexFormat.of()
                .parseHex("9b" + "01" + "000000006a21a9c000000000" + "000000006a21a9c0" + "7368613531323a" + "0102");

        assertThat(TagSerde.known().deserializer().deserialize("", newer))
                .isEqualTo(new KnownTag(DIGEST, Instant.ofEpochSecond(0x6a21a9c0L), null, null, 0, false, true));
        assertThat(TagSerde.known().deserializer().deserialize("", ofAnotherKind))
                .isEqualTo(new KnownTag(null, null, null, Instant.ofEpochSecond(0x6a21a9c0L), 1, true, false));
    }
}
