package dev.tidemark.evaluator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.TagPage;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

        for (KnownTag tag : List.of(
                seen,
                moved,
                moved.notFound(),
                KnownTag.neverListed(),
                moved.at(0),
                seen.at(1L << 40),
                KnownTag.neverListed().at(7))) {
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

    /** Behind the digest, in as many bytes as the last one says. */
    @Test
    void whatANewerVersionAddsIsNoDigest() {
        byte[] newer = HexFormat.of()
                .parseHex("96" + "00" + "000000006a21a9c0" + "4f53cda1".repeat(8) + "03" + "0000000000000011" + "ab"
                        + "0b");
        byte[] ofAnotherKind = HexFormat.of()
                .parseHex("9b" + "01" + "000000006a21a9c000000000" + "000000006a21a9c0" + "7368613531323a" + "02" + "ab"
                        + "03");

        assertThat(TagSerde.known().deserializer().deserialize("", newer))
                .isEqualTo(new KnownTag(DIGEST, Instant.ofEpochSecond(0x6a21a9c0L), null, null, 0, false, true, 17));
        assertThat(TagSerde.known().deserializer().deserialize("", ofAnotherKind))
                .isEqualTo(new KnownTag(
                        "sha512:",
                        Instant.ofEpochSecond(0x6a21a9c0L),
                        null,
                        Instant.ofEpochSecond(0x6a21a9c0L),
                        1,
                        true,
                        true));
    }

    @Test
    void aPageIsKeptAsItIs() {
        Scan scan = new Scan("s", NOON, 5L, 1L);
        Feed feed = Feed.parse("ghcr.io/my-org/my-app#");
        TagPage page = TagPage.of(new TagsListed(
                feed,
                scan,
                1,
                1,
                4,
                TagsListed.Origin.SCAN,
                List.of("1.0.0", "1.0.1"),
                Map.of("1.0.1", DIGEST),
                Map.of()));

        TagPage read = TagSerde.page()
                .deserializer()
                .deserialize("", TagSerde.page().serializer().serialize("", page));

        assertThat(read.find("1.0.1")).isEqualTo(new TagPage.Listed("1.0.1", DIGEST, null));
        assertThat(read.find("1.0.0")).isEqualTo(new TagPage.Listed("1.0.0", null, null));
        assertThat(read.find("1.0.2")).isNull();
    }
}
