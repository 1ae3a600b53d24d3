package dev.tidemark.policies.schedule;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Time zones by the names of the IANA database, in its spelling, as Go's {@code time.LoadLocation} finds them. */
final class GoZones {

    /** Names of the database that Java keeps for its old aliases, and Go's two words for UTC. */
    private static final Map<String, ZoneId> OTHER = Map.of(
            "", ZoneOffset.UTC,
            "Local", ZoneOffset.UTC,
            "EST", ZoneOffset.ofHours(-5),
            "MST", ZoneOffset.ofHours(-7),
            "HST", ZoneOffset.ofHours(-10),
            "ROC", ZoneId.of("Asia/Taipei"));

    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    /** Java's own, not in the database any more. */
    private static final String JAVA_ONLY = "SystemV/";

    private GoZones() {}

    static Optional<ZoneId> find(String name) {
        ZoneId other = OTHER.get(name);
        if (other != null) {
            return Optional.of(other);
        }
        return KNOWN.contains(name) && !name.startsWith(JAVA_ONLY) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
