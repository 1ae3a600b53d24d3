package dev.tidemark.events;

import java.util.Optional;
import java.util.OptionalInt;

/** The record keys of the log as text, and the part of a key that its partition follows. */
public final class Keys {

    /** No image is without a name, so that this begins no other key. */
    private static final String CLAIM = "|claim|";

    /** Behind a feed; no tag begins with its second character, so that this is no key of one. */
    private static final String FAILURE = "|:failed";

    /** More digits are no partition. */
    private static final int MAX_DIGITS = 6;

    private Keys() {}

    /** Of a {@code PartitionClaimed}: one key in each partition. */
    public static String claim(int partition) {
        return CLAIM + partition;
    }

    /** The partition that a claim's key names; empty for any other key. */
    public static OptionalInt claimedPartition(String key) {
        String number = key.startsWith(CLAIM) ? key.substring(CLAIM.length()) : "";
        boolean digits = !number.isEmpty()
                && number.length() <= MAX_DIGITS
                && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }

    /** {@code feed|tag}, of {@code TagDiscovered}, {@code TagRemoved} and {@code TagCheckWanted}. */
    public static String tag(Feed feed, String tag) {
        return feed.text() + '|' + tag;
    }

    /** Of a {@code ScanFailed}: beside the feed's last good scan, which it does not displace. */
    public static String failure(Feed feed) {
        return failure(feed.text());
    }

    /** The same, of a feed's text. */
    public static String failure(String feed) {
        return feed + FAILURE;
    }

    /** The text of the feed whose failure a key is for; empty for any other key. */
    public static Optional<String> failedFeed(String key) {
        return key.endsWith(FAILURE)
                ? Optional.of(key.substring(0, key.length() - FAILURE.length()))
                : Optional.empty();
    }

    /** {@code image|target}, of {@code PolicyDeclared} and {@code PolicyHandedOver}. */
    public static String declared(ImageName image, Target target) {
        return image.text() + '|' + target.text();
    }

    /** What a key of {@code policy-declared} names. */
    public record Declared(ImageName image, Target target) {}

    /**
     * Reads {@link #declared}.
     *
     * @return empty for a key that no declaration has
     */
    public static Optional<Declared> parseDeclared(String key) {
        int end = key.indexOf('|');
        try {
            return end < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Declared(new ImageName(key.substring(0, end)), Target.parse(key.substring(end + 1))));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** The key that an event is written under. */
    public static String of(Event event) {
        return switch (event) {
            case Event.RegistryNotified e -> e.image().text();
            case Event.TagDiscovered e -> tag(e.feed(), e.tag());
            case Event.TagRemoved e -> tag(e.feed(), e.tag());
            case TagsListed e -> new FeedKey.OfPage(e.feed(), e.generation(), e.page()).text();
            case TagsChanged e -> new FeedKey.OfNews(e.feed(), e.scan().order(), e.page()).text();
            case Event.ScanCompleted e -> e.feed().text();
            case ScanFailed e -> failure(e.feed());
            case Event.FeedScanned e -> e.feed().text();
            case Event.PartitionClaimed e -> claim(e.partition());
            case Event.PolicyDeclared e -> declared(e.image(), e.target());
            case PolicyHandedOver e -> declared(e.image(), e.target());
            // beside the hand-over, which it does not displace
            case BranchTagFound e ->
                declared(e.image(), e.target()) + '|' + e.branch().text();
            case Event.TagCheckWanted e -> tag(e.feed(), e.tag());
            case Event.ControlRequested e -> e.scope();
            case Event.PolicyDecided e -> e.target().text();
            case Event.TagSelected e -> e.target().text();
            case Event.BranchState e -> e.branch().text();
            case Committed e -> e.branch().text() + '|' + e.automation();
            case Event.Rendered e -> e.cluster() + '/' + e.resourceSet();
            case Event.UpdateRefused e -> e.what();
            case Event.UpdateFailed e -> e.what();
        };
    }

    /**
     * Whether an event stands where it belongs: where it is written now, or was by older builds, whose records the log still
     * has.
     */
    public static boolean isUnder(Topic topic, String key, Event event) {
        return (EventType.of(event).topic() == topic && of(event).equals(key))
                || (event instanceof ScanFailed failed
                        && topic == Topic.TAG_DISCOVERED
                        && failed.feed().text().equals(key));
    }

    /** The image at the head of a key of a topic that is partitioned by image. */
    static String imagePart(String key) {
        int end = key.length();
        for (int i = 0; i < end; i++) {
            char c = key.charAt(i);
            if (c == '#' || c == '|') {
                return key.substring(0, i);
            }
        }
        return key;
    }
}
