package dev.tidemark.watcher.domain;

import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;

/**
 * When tags are written in which form.
 *
 * @param page tags of a page of a base
 * @param news tags of a page of news
 * @param records changes beyond which pages are written instead of a record of each: from there on a page costs less to
 *     read, and no longer to decide about
 * @param few changes, or news on a base, up to which no new base is worth its pages, however small the base is
 */
public record BaseLimits(int page, int news, int records, int few) {

    public static final BaseLimits DEFAULT = new BaseLimits(TagsListed.MAX_TAGS, TagsChanged.MAX_TAGS, 100, 200);

    /** A base that is read together with so much news on top costs a quarter more than it has to. */
    private static final int SHARE = 4;

    /** Whether so much has changed on a base of that size that a new one is due. */
    boolean isLarge(int changes, int base) {
        return changes > few && (long) changes * SHARE > base;
    }
}
