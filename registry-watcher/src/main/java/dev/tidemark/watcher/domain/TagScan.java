package dev.tidemark.watcher.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One full scan while it runs: takes the listed tags in any order, and what is found out about single tags meanwhile.
 * A list is a picture of the past: what was found, confirmed or seen gone by a request of its own since the scan began
 * stands against it. Known tags are marked where they are, so that a list costs memory for what is new in it alone.
 */
public final class TagScan {

    private final KnownTags known;
    private final Set<String> added = new LinkedHashSet<>();
    private final Set<String> goneMeanwhile = new HashSet<>();
    private int count;

    private TagScan(KnownTags known) {
        this.known = known;
    }

    public static TagScan begin(KnownTags known) {
        known.clearMarks();
        return new TagScan(known);
    }

    /** The registry lists the tag; false for a repetition, which does not count. */
    public boolean listed(String tag) {
        boolean first =
                switch (known.mark(tag)) {
                    case MARKED -> true;
                    case MARKED_BEFORE -> false;
                    case UNKNOWN -> added.add(tag);
                };
        if (first) {
            count++;
        }
        return first;
    }

    /** A request for this one tag found it, after the scan began. The tag is known by now. */
    public void confirmed(String tag) {
        known.mark(tag);
        added.remove(tag);
        goneMeanwhile.remove(tag);
    }

    /** A request for this one tag did not find it, after the scan began. */
    public void gone(String tag) {
        added.remove(tag);
        goneMeanwhile.add(tag);
    }

    /** How many tags were listed so far. */
    public int count() {
        return count;
    }

    /** How many of them the scan holds, since they were not known. */
    int held() {
        return added.size();
    }

    /** What the scan changes, after the last page. */
    public Difference difference() {
        added.removeAll(goneMeanwhile);
        List<KnownTags.Known> removed = new ArrayList<>();
        known.forEachUnmarked(removed::add);
        return new Difference(List.copyOf(added), removed);
    }

    /**
     * @param added tags that were not known
     * @param removed known tags that were not listed, nor confirmed since
     */
    public record Difference(List<String> added, List<KnownTags.Known> removed) {

        public boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty();
        }
    }
}
