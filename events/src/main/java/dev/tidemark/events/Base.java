package dev.tidemark.events;

/**
 * A base of a feed: its stock of tags, in pages.
 *
 * @param generation newer bases take the place of older ones
 * @param through news at this offset or before it are in the base
 * @param origin what made it
 */
public record Base(ScanOrder generation, int pages, long through, TagsListed.Origin origin) {

    /** The base that a page is of. */
    public static Base of(TagsListed page) {
        return new Base(page.generation(), page.pages(), page.through(), page.origin());
    }
}
