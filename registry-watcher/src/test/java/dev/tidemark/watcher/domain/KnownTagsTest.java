package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.KnownTags.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTagsTest {

    private static final Instant SEEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String SHA_256 = "sha256:" + "0f".repeat(32);
    private static final String SHA_512 = "sha512:" + "a1".repeat(64);

    @Test
    void givesBackWhatWasPut() {
        KnownTags tags = new KnownTags();
        tags.put(new Known("1.0", null, null));
        tags.put(new Known("1.1", SHA_256, SEEN));
        tags.put(new Known("1.2", SHA_512, SEEN));
        assertThat(tags.find("1.0")).contains(new Known("1.0", null, null));
        assertThat(tags.find("1.1")).contains(new Known("1.1", SHA_256, SEEN));
        assertThat(tags.find("1.2")).contains(new Known("1.2", SHA_512, SEEN));
        assertThat(tags.find("1.3")).isEmpty();
    }

    /** Against a plain map, with enough changes for every table to be rebuilt several times. */
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42})
    void behavesLikeAMap(long seed) {
        Random random = new Random(seed);
        KnownTags tags = new KnownTags();
        Map<String, Known> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String tag = "v" + random.nextInt(600);
            if (random.nextInt(3) == 0) {
                assertThat(tags.remove(tag)).isEqualTo(model.remove(tag) != null);
            } else {
                Known known = new Known(tag, random.nextBoolean() ? null : SHA_256, random.nextBoolean() ? null : SEEN);
                tags.put(known);
                model.put(tag, known);
            }
        }
        Map<String, Known> all = new HashMap<>();
        tags.forEach(known -> all.put(known.tag(), known));
        assertThat(all).isEqualTo(model);
        assertThat(tags.size()).isEqualTo(model.size());
        KnownTags fresh = new KnownTags();
        model.values().forEach(fresh::put);
        assertThat(tags.checksum()).isEqualTo(fresh.checksum());
    }

    /** Not by their hash, which is another one in each process. */
    @Test
    void comesInTheOrderInWhichTagsCame() {
        KnownTags tags = new KnownTags();
        for (int i = 0; i < 1_000; i++) {
            tags.put(new Known("v" + i, null, null));
        }
        tags.remove("v1");
        tags.put(new Known("v0", SHA_256, SEEN));
        List<String> order = new ArrayList<>();
        tags.forEach(known -> order.add(known.tag()));
        assertThat(order).hasSize(999).startsWith("v2", "v3", "v4").endsWith("v999", "v0");
    }

    @Test
    void theChecksumFollowsTheSetOfTagsOnly() {
        KnownTags a = new KnownTags();
        a.put(new Known("1", null, null));
        a.put(new Known("2", null, null));
        KnownTags b = new KnownTags();
        b.put(new Known("2", SHA_256, SEEN));
        b.put(new Known("3", null, null));
        b.put(new Known("1", null, null));
        assertThat(b.checksum()).isNotEqualTo(a.checksum());
        b.remove("3");
        assertThat(b.checksum()).isEqualTo(a.checksum());
    }

    @Test
    void aHundredThousandTagsWithDigestsTakeLessThanEightyBytesEach() {
        KnownTags tags = new KnownTags();
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            tags.put(new Known("1." + i / 100 + "." + i % 100, SHA_256, SEEN));
        }
        assertThat(tags.bytes() / count).isLessThanOrEqualTo(KnownTags.BYTES_PER_TAG);
    }
}
