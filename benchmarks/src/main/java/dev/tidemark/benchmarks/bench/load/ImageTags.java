package dev.tidemark.benchmarks.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/** The tags of an image in the order of lists. What images begin with they share: there may be thousands. */
final class ImageTags {

    private static final Map<Integer, List<String>> BEGINNINGS = new ConcurrentHashMap<>();

    private final List<String> first;
    private final NavigableSet<String> added = new ConcurrentSkipListSet<>();

    private ImageTags(List<String> first) {
        this.first = first;
    }

    /** {@code 1.0.0} and on, so many. */
    static ImageTags first(int count) {
        return new ImageTags(BEGINNINGS.computeIfAbsent(
                count,
                n -> IntStream.range(0, n).mapToObj(i -> "1.0." + i).sorted().toList()));
    }

    /** @param tag none of the first */
    void add(String tag) {
        added.add(tag);
    }

    boolean contains(String tag) {
        return added.contains(tag) || Collections.binarySearch(first, tag) >= 0;
    }

    /** The tags behind this one, at most so many. */
    List<String> after(String last, int most) {
        int found = Collections.binarySearch(first, last);
        int next = found >= 0 ? found + 1 : -found - 1;
        Iterator<String> others = added.tailSet(last, false).iterator();
        String other = others.hasNext() ? others.next() : "";
        List<String> page = new ArrayList<>(most);
        while (page.size() < most && (next < first.size() || !other.isEmpty())) {
            if (!other.isEmpty() && (next == first.size() || other.compareTo(first.get(next)) < 0)) {
                page.add(other);
                other = others.hasNext() ? others.next() : "";
            } else {
                page.add(first.get(next++));
            }
        }
        return page;
    }
}
