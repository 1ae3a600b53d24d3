package dev.tidemark.watcher.reconcile;

import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.reconcile.FeedWork.Resolve;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single tags of one feed that wait to be resolved, of each purpose in the order of their coming. Under its owner's lock. */
final class PendingChecks {

    private final Map<TagCheck.Purpose, Map<String, Resolve>> checks = new EnumMap<>(TagCheck.Purpose.class);

    PendingChecks() {
        for (TagCheck.Purpose purpose : TagCheck.Purpose.values()) {
            checks.put(purpose, new LinkedHashMap<>());
        }
    }

    private Map<String, Resolve> of(TagCheck.Purpose purpose) {
        return checks.getOrDefault(purpose, Map.of());
    }

    /** What waits already for the same tag and purpose. */
    Optional<Resolve> like(TagCheck check) {
        return Optional.ofNullable(of(check.purpose()).get(check.tag()));
    }

    int count(TagCheck.Purpose purpose) {
        return of(purpose).size();
    }

    int size() {
        return checks.values().stream().mapToInt(Map::size).sum();
    }

    void put(Resolve resolve) {
        of(resolve.check().purpose()).put(resolve.check().tag(), resolve);
    }

    /** The first that may be asked for now. */
    @Nullable
    Resolve take(TagCheck.Purpose purpose, Instant now) {
        Map<String, Resolve> alike = of(purpose);
        for (Resolve one : alike.values()) {
            if (!one.notBefore().isAfter(now)) {
                alike.remove(one.check().tag());
                return one;
            }
        }
        return null;
    }

    /** Nobody waits any more for what webhooks name, and none of it is asked for before a time; returns who waited. */
    List<Resolve> release(Instant notBefore) {
        Map<String, Resolve> claims = of(TagCheck.Purpose.CLAIMED);
        List<Resolve> released = List.copyOf(claims.values());
        claims.replaceAll((tag, claim) -> {
            Instant later = claim.notBefore().isAfter(notBefore) ? claim.notBefore() : notBefore;
            return new Resolve(claim.check(), List.of(), claim.tries(), later);
        });
        return released;
    }

    /** Nothing has to wait for the end of a delay. */
    void areDue() {
        checks.values().forEach(alike -> alike.replaceAll((tag, one) -> one.after(one.tries(), Instant.MIN)));
    }

    /** When the first of all may be asked for; {@link Instant#MAX} for none. */
    Instant earliest() {
        Instant earliest = Instant.MAX;
        for (Map<String, Resolve> alike : checks.values()) {
            for (Resolve one : alike.values()) {
                earliest = one.notBefore().isBefore(earliest) ? one.notBefore() : earliest;
            }
        }
        return earliest;
    }

    /** Nothing waits any more; returns what did. */
    List<Resolve> clear() {
        List<Resolve> all = checks.values().stream()
                .flatMap(alike -> alike.values().stream())
                .toList();
        checks.values().forEach(Map::clear);
        return all;
    }
}
