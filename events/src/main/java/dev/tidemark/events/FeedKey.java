package dev.tidemark.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a key of {@code tag-discovered} names; a record without a value has nothing else to be recognised by. */
public sealed interface FeedKey {

    Feed feed();

    /** All of a feed. */
    record Whole(Feed feed) implements FeedKey {}

    /** One tag of it. */
    record OfTag(Feed feed, String tag) implements FeedKey {}

    /** A page of a base. */
    record OfPage(Feed feed, ScanOrder generation, int page) implements FeedKey {}

    /** A page of news, of the scan with that order. */
    record OfNews(Feed feed, ScanOrder scan, int page) implements FeedKey {}

    /** No tag begins with a colon. */
    String PAGE = ":base";

    String NEWS = ":news";

    /** Numbers of 18 digits are longs. */
    Pattern PAGED = Pattern.compile("(:base|:news)\\|(\\d{1,18})\\.(\\d{1,18})\\|(\\d{1,9})");

    /** The key as text. */
    default String text() {
        return switch (this) {
            case Whole(Feed feed) -> feed.text();
            case OfTag(Feed feed, String tag) -> Keys.tag(feed, tag);
            case OfPage(Feed feed, ScanOrder generation, int page) -> paged(feed, PAGE, generation, page);
            case OfNews(Feed feed, ScanOrder scan, int page) -> paged(feed, NEWS, scan, page);
        };
    }

    private static String paged(Feed feed, String kind, ScanOrder order, int page) {
        return feed.text() + '|' + kind + '|' + order.epoch() + '.' + order.number() + '|' + page;
    }

    /** @return empty for a key that no record of a feed has */
    static Optional<FeedKey> parse(String key) {
        int bar = key.indexOf('|');
        try {
            Feed feed = Feed.parse(bar < 0 ? key : key.substring(0, bar));
            if (bar < 0) {
                return Optional.of(new Whole(feed));
            }
            String rest = key.substring(bar + 1);
            Matcher paged = PAGED.matcher(rest);
            if (!paged.matches()) {
                return rest.startsWith(":") ? Optional.empty() : Optional.of(new OfTag(feed, rest));
            }
            ScanOrder order = new ScanOrder(Long.parseLong(paged.group(2)), Long.parseLong(paged.group(3)));
            int page = Integer.parseInt(paged.group(4));
            return Optional.of(
                    paged.group(1).equals(PAGE) ? new OfPage(feed, order, page) : new OfNews(feed, order, page));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
