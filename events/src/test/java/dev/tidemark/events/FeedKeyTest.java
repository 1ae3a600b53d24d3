package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedKeyTest {

    private static final Feed FEED =
            new Feed(new ImageName("ghcr.io/my-org/my-app"), "flux-system/registry-credentials");

    static Stream<FeedKey> keys() {
        return Stream.of(
                new FeedKey.Whole(FEED),
                new FeedKey.OfTag(FEED, "1.4.2"),
                new FeedKey.OfTag(FEED, "base"),
                new FeedKey.OfPage(FEED, new ScanOrder(0, 1), 1),
                new FeedKey.OfPage(FEED, new ScanOrder(123_456_789_012_345_678L, 17), 500),
                new FeedKey.OfNews(FEED, new ScanOrder(4711, 3), 2));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isReadAsItIsWritten(FeedKey key) {
        assertThat(FeedKey.parse(key.text())).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|claim|9",
                "ghcr.io/my-org/my-app#|:failed",
                "ghcr.io/my-org/my-app#|:base|1.2",
                "ghcr.io/my-org/my-app#|:base|1.2|x",
                "ghcr.io/my-org/my-app#|:base|-1.2|1",
                "ghcr.io/my-org/my-app#|:base|1.9999999999999999999|1",
                "ghcr.io/my-org/my-app#|:tomorrow|1.2|1"
            })
    void whatNoRecordOfAFeedHasIsNoTag(String key) {
        assertThat(FeedKey.parse(key)).isEmpty();
    }

    /** A page's key is no tag's, whatever registries list. */
    @Test
    void aPageFollowsItsImageIntoThePartition() {
        String page = new FeedKey.OfPage(FEED, new ScanOrder(4711, 3), 1).text();

        assertThat(Partitioning.partition(Topic.TAG_DISCOVERED, page, 12))
                .isEqualTo(Partitioning.partition(FEED.image(), 12));
    }
}
