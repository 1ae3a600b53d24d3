package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagHashTest {

    private static final int CHOSEN = 1 << 14;
    private static final int LONGEST = 128;

    /** Tags that {@link String#hashCode} cannot tell apart: whoever pushes tags can make as many as he likes. */
    private static List<String> chosen() {
        return IntStream.range(0, CHOSEN)
                .mapToObj(number -> IntStream.range(0, 14)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .reduce("", String::concat))
                .toList();
    }

    @Test
    void tagsThatWereChosenToCollideDoNot() {
        assertThat(chosen().stream().mapToInt(String::hashCode).distinct()).hasSize(1);
        TagHash hash = new TagHash(1, 2);
        // In a table of twice as many slots about a fifth of them would share one by chance
        assertThat(chosen().stream()
                        .mapToLong(tag -> hash.of(tag) & (2 * CHOSEN - 1))
                        .distinct()
                        .count())
                .isGreaterThan(CHOSEN * 3 / 4);
    }

    @Test
    void theTableOfKnownTagsHasNoLongRunOfThem() {
        KnownTags tags = new KnownTags();
        chosen().forEach(tag -> tags.put(new KnownTags.Known(tag, null, null)));
        assertThat(tags.longestRun()).isLessThan(CHOSEN / 20);
    }

    @Test
    void anotherKeyIsAnotherHash() {
        long equal = chosen().stream()
                .filter(tag -> new TagHash(1, 2).of(tag) == new TagHash(1, 3).of(tag)
                        || new TagHash(1, 2).of(tag) == new TagHash(3, 2).of(tag))
                .count();
        assertThat(equal).isZero();
    }

    /** Every character counts, and the length, at every length that a tag has. */
    @Test
    void oneMoreOrAnotherCharacterIsAnotherHash() {
        TagHash hash = new TagHash(5, 6);
        Random random = new Random(3);
        String tag = "";
        for (int length = 1; length <= LONGEST; length++) {
            String longer = tag + (char) ('a' + random.nextInt(26));
            int at = random.nextInt(length);
            String other = longer.substring(0, at) + '_' + longer.substring(at + 1);
            assertThat(hash.of(longer)).isNotIn(hash.of(tag), hash.of(other));
            tag = longer;
        }
    }
}
