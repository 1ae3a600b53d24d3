package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Partition numbers are part of the contract: a log that exists was written with these. */
class PartitioningTest {

    private static final List<Topic> BY_IMAGE = Arrays.stream(Topic.values())
            .filter(topic -> topic.partitions() == Topic.Partitions.BY_IMAGE)
            .toList();

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/my-org/my-app, 9, 1",
        "index.docker.io/library/nginx, 10, 0",
        "index.docker.io/library/redis, 10, 0",
        "quay.io/prometheus/node-exporter, 4, 0",
        "registry.example:5000/team/app, 5, 1",
        "ghcr.io/ünï/codé, 1, 1"
    })
    void neverChangesForAnImage(String image, int ofTwelve, int ofTwo) {
        assertThat(Partitioning.partition(new ImageName(image), 12)).isEqualTo(ofTwelve);
        assertThat(Partitioning.partition(new ImageName(image), 2)).isEqualTo(ofTwo);
    }

    @ParameterizedTest
    @CsvSource({
        "tag-selected, local/ImagePolicy/flux-system/my-app, 8",
        "tag-selected, local/ResourceSetInputProvider/flux-system/app-image-tag, 11",
        "branch-state, git.example/org/fleet#staging-image-updates, 0",
        "update-applied, git.example/org/fleet#staging-image-updates|flux-system/flux-system, 4",
        "policy-decided, local/ImagePolicy/flux-system/my-app, 8"
    })
    void neverChangesForAKey(String topic, String key, int ofTwelve) {
        assertThat(Partitioning.partition(Topic.named(topic).orElseThrow(), key, 12))
                .isEqualTo(ofTwelve);
    }

    @ParameterizedTest
    @CsvSource({"Receiver/flux-system/hook, 8", "ImageRepository/apps/broken, 0"})
    void neverChangesForAName(String name, int ofTwelve) {
        assertThat(Partitioning.ofName(name, 12)).isEqualTo(ofTwelve);
    }

    @ParameterizedTest
    @CsvSource({"|claim|0, 0", "|claim|7, 7", "|claim|11, 11"})
    void aClaimLiesInThePartitionThatItNames(String key, int ofTwelve) {
        assertThat(Keys.claim(ofTwelve)).isEqualTo(key);
        assertThat(Partitioning.partition(Topic.TAG_DISCOVERED, key, 12)).isEqualTo(ofTwelve);
    }

    @ParameterizedTest
    @CsvSource({"|claim|12", "|claim|", "|claim|-1", "|claim|1x", "|claim|99999999999", "claim|3"})
    void whatOnlyLooksLikeAClaimLiesWhereItsImageDoes(String key) {
        assertThat(Partitioning.partition(Topic.TAG_DISCOVERED, key, 12))
                .isEqualTo(Partitioning.partition(Topic.FEED_SCANNED, key, 12));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingAboutOneImageMeets(long seed) {
        Random random = new Random(seed);
        ImageName image = new ImageName(word(random) + ".io/" + word(random) + '/' + word(random));
        Feed feed = new Feed(image, random.nextBoolean() ? "" : word(random) + '/' + word(random) + ";insecure");
        int count = 1 + random.nextInt(64);
        int expected = Partitioning.partition(image, count);
        List<String> keys = List.of(
                image.text(),
                feed.text(),
                Keys.tag(feed, word(random) + '|' + word(random) + '#' + word(random)),
                Keys.declared(image, new Target("local", "ImagePolicy", word(random), word(random))));
        assertThat(expected).isBetween(0, count - 1);
        assertThat(BY_IMAGE).allSatisfy(topic -> assertThat(keys)
                .allSatisfy(key ->
                        assertThat(Partitioning.partition(topic, key, count)).isEqualTo(expected)));
    }

    @ParameterizedTest
    @CsvSource({"2", "12"})
    void spreadsImages(int count) {
        long[] found = new long[count];
        IntStream.range(0, 12_000)
                .forEach(i ->
                        found[Partitioning.partition(new ImageName("ghcr.io/org-" + i % 40 + "/app-" + i), count)]++);
        assertThat(LongStream.of(found).min().orElseThrow())
                .as("images of the emptiest partition")
                .isGreaterThan(12_000L / count * 3 / 4);
    }

    private static String word(Random random) {
        return random.ints(1 + random.nextInt(12), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
