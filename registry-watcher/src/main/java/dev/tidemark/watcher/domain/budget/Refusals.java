package dev.tidemark.watcher.domain.budget;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when a host has asked for patience. Limits are of a repository at some registries and of the whole host at
 * others. So the repository that was refused waits; when a second one is refused meanwhile, all of them do.
 */
final class Refusals {

    private final Map<String, Long> until = new HashMap<>();
    private @Nullable Long hostUntil;

    void refused(String repository, Duration pause, long now) {
        forgetPast(now);
        long end = now + pause.toNanos();
        boolean others = until.keySet().stream().anyMatch(other -> !other.equals(repository));
        until.merge(repository, end, (before, fresh) -> fresh - before > 0 ? fresh : before);
        if (others && (hostUntil == null || end - hostUntil > 0)) {
            hostUntil = end;
        }
    }

    Optional<Permit.Refused> of(String repository, long now) {
        if (hostUntil != null && hostUntil - now > 0) {
            return Optional.of(new Permit.Refused(Duration.ofNanos(hostUntil - now), true));
        }
        Long end = until.get(repository);
        return end == null || end - now <= 0
                ? Optional.empty()
                : Optional.of(new Permit.Refused(Duration.ofNanos(end - now), false));
    }

    boolean isEmpty(long now) {
        forgetPast(now);
        return until.isEmpty() && hostUntil == null;
    }

    private void forgetPast(long now) {
        until.values().removeIf(end -> end - now <= 0);
        if (hostUntil != null && hostUntil - now <= 0) {
            hostUntil = null;
        }
    }
}
