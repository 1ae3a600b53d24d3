package dev.tidemark.evaluator.streams;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the events of one feed come to, by the words of the contract and without any cleverness. */
final class Registry {

    /** A listed tag. */
    record Tag(
            @Nullable String digest,
            Instant digestSeen,
            @Nullable Instant digestMoved,
            Instant firstSeen) {}

    final TreeMap<String, Tag> listed = new TreeMap<>();
    private final Map<String, Optional<Tag>> halfRead = new HashMap<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private final Set<String> notFound = new HashSet<>();
    private int newest = -1;
    boolean complete;

    Tag tag(String name) {
        return Objects.requireNonNull(listed.get(name), name);
    }

    /** Facts of an older scan than the newest are ignored. */
    boolean isStale(int second) {
        newest = Math.max(newest, second);
        return second < newest;
    }

    void scanShows(String tag, Tag found) {
        halfRead.put(tag, Optional.of(found));
    }

    void scanLacks(String tag) {
        halfRead.put(tag, Optional.empty());
    }

    void scanEnds() {
        complete = true;
        halfRead.forEach((tag, found) -> found.ifPresentOrElse(there -> shows(tag, there), () -> lacks(tag)));
        halfRead.clear();
    }

    void lookShows(String tag, Tag found) {
        halfRead.remove(tag);
        shows(tag, found);
    }

    void lookFindsNothing(String tag) {
        halfRead.remove(tag);
        if (!listed.containsKey(tag)) {
            missed.merge(tag, 1, Math::max);
        }
        missed.merge(tag, 1, Integer::sum);
        notFound.add(tag);
        listed.remove(tag);
    }

    private void shows(String tag, Tag found) {
        Tag before = listed.get(tag);
        listed.put(tag, before == null ? found : again(before, found));
        missed.remove(tag);
        notFound.remove(tag);
    }

    /** A list says nothing of digests: who is told again without one keeps what was known. */
    private static Tag again(Tag before, Tag found) {
        if (found.digest() == null) {
            return before;
        }
        boolean moves = before.digest() != null && !before.digest().equals(found.digest());
        return new Tag(
                found.digest(),
                found.digestSeen(),
                moves ? found.digestSeen() : before.digestMoved(),
                before.firstSeen());
    }

    private void lacks(String tag) {
        if (listed.remove(tag) != null || missed.containsKey(tag)) {
            missed.merge(tag, 1, Integer::sum);
        }
    }

    /** Only what somebody selects is remembered when it is missing. */
    void forgetMissing(Set<String> selected) {
        missed.keySet().retainAll(selected);
        notFound.retainAll(selected);
    }

    boolean isGone(String tag) {
        return notFound.contains(tag) && missed.getOrDefault(tag, 0) >= 2;
    }

    boolean isMissing(String tag) {
        return missed.containsKey(tag);
    }
}
