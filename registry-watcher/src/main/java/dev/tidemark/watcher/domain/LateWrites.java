package dev.tidemark.watcher.domain;

import dev.tidemark.events.FeedKey;
import java.util.Set;

/**
 * The keys of a feed under which an earlier owner has written behind a later one's claim. Nobody takes that in, but the
 * log's compaction keeps the last record of a key, whoever wrote it: so the owner says again behind it what is true.
 *
 * @param tags those that it wrote of
 * @param pages keys of pages, of a base or of news
 * @param base whether the whole base has to be said again, since a reader lacks a page of it
 * @param all whether there were more than are kept: every tag is said again
 * @param outcome whether it said how a scan went
 * @param schedule whether it said when to scan
 */
public record LateWrites(
        Set<String> tags, Set<FeedKey> pages, boolean base, boolean all, boolean outcome, boolean schedule) {

    public boolean isEmpty() {
        return tags.isEmpty() && pages.isEmpty() && !base && !all && !outcome && !schedule;
    }
}
