package dev.tidemark.watcher.domain;

/**
 * Where the log has a tag: as a member of the base in force, under a key of its own, and in pages of news. A place is an
 * offset, or, of what this owner has written itself and has not read, a number that is higher than any offset and grows.
 *
 * @param base whether the base in force lists it
 * @param own of the newest record under the tag's own key; {@link #NONE} without one
 * @param page of the newest page of news that names it and that no base has taken in; {@link #NONE} without one
 */
public record Places(boolean base, long own, long page) {

    static final long NONE = -1;

    /** Nowhere. */
    static final Places NOWHERE = new Places(false, NONE, NONE);

    /** In the base, which says all there is. */
    static final Places IN_BASE = new Places(true, NONE, NONE);

    boolean hasOwn() {
        return own != NONE;
    }

    boolean hasPage() {
        return page != NONE;
    }

    /** Whether there is more of it than the base says. */
    boolean hasNews() {
        return hasOwn() || hasPage();
    }

    /** Of the newest word on the tag; {@link #NONE} where the base's is the only one. */
    long newest() {
        return Math.max(own, page);
    }

    Places withOwn(long place) {
        return new Places(base, place, page);
    }

    Places withPage(long place) {
        return new Places(base, own, place);
    }

    /** What is left of the news when a base has taken in those up to a place. */
    Places above(boolean listed, long place) {
        return new Places(listed, own, page > place ? page : NONE);
    }
}
