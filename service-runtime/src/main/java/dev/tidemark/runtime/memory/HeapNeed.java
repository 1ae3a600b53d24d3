package dev.tidemark.runtime.memory;

/**
 * What a service expects to need for the feeds that it follows.
 *
 * @param service its name
 * @param bytes reckoned from the numbers of feeds and tags, not measured
 */
public record HeapNeed(String service, long feeds, long tags, long bytes) {

    /** @param perFeed beside its tags */
    public static HeapNeed of(String service, long feeds, long perFeed, long tags, long perTag) {
        return new HeapNeed(service, feeds, tags, feeds * perFeed + tags * perTag);
    }
}
