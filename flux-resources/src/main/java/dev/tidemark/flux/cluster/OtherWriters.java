package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.status.StatusWriters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which objects of one kind another controller works on: it wrote their status, lately and after us. While there is
 * one, it also works on what nobody has written a status for lately: a new object, or one that was quiet. Such an object is
 * left to it until its label says that it is ours, or everything is. Not for several threads at once.
 */
final class OtherWriters {

    private static final String OURS = "tidemark";

    /** Of people, who mend a status and do not work on the object. */
    private static final String PEOPLE = "kubectl";

    private static final String LABEL = "sharding.fluxcd.io/key";

    /** A controller that works writes in that time: a policy that nothing happens to may be quiet for days. */
    private static final Duration LATELY = Duration.ofDays(7);

    private final boolean takeOver;
    private final Clock clock;
    private @Nullable Entry other;

    /** @param takeOver whether everything is ours, whoever wrote it */
    OtherWriters(boolean takeOver, Clock clock) {
        this.takeOver = takeOver;
        this.clock = clock;
    }

    /** Who wrote what, and when it was last. */
    private record Entry(String manager, Instant time) {

        boolean isOurs() {
            return manager.startsWith(OURS);
        }

        /** Times are whole seconds: of one second ours is the later. */
        boolean isLaterThan(@Nullable Entry before) {
            return before == null || (isOurs() ? !time.isBefore(before.time) : time.isAfter(before.time));
        }
    }

    /** Whose an object is. */
    sealed interface Whose {

        /** It is labelled so, or its status is. */
        record Ours() implements Whose {}

        /** Nobody has said so: it is ours as long as no other controller works on objects of its kind. */
        record Nobodys() implements Whose {}

        /** Another controller's, by the name that it writes under. */
        record Theirs(String manager) implements Whose {}
    }

    /** Judges an object, and learns from it who is there. */
    Whose whose(String kind, JsonNode object) {
        boolean written = !StatusWriters.fieldOwner(kind).equals(OURS);
        if (takeOver || !written) {
            return new Whose.Ours();
        }
        JsonNode metadata = object.path("metadata");
        Entry last = null;
        for (JsonNode field : metadata.path("managedFields")) {
            Entry entry = new Entry(
                    field.path("manager").asText(), time(field.path("time").asText()));
            if (field.path("subresource").asText().equals("status")
                    && !entry.manager().startsWith(PEOPLE)) {
                last = entry.isLaterThan(last) ? entry : last;
                other = !entry.isOurs() && entry.isLaterThan(other) ? entry : other;
            }
        }
        if (metadata.path("labels").path(LABEL).asText().equals(OURS) || (last != null && last.isOurs())) {
            return new Whose.Ours();
        }
        return Optional.ofNullable(last)
                .filter(this::isLately)
                .map(Entry::manager)
                .or(this::present)
                .<Whose>map(Whose.Theirs::new)
                .orElseGet(Whose.Nobodys::new);
    }

    /** Who works on objects of the kind beside us: of several the one that wrote last. */
    Optional<String> present() {
        return Optional.ofNullable(other).filter(this::isLately).map(Entry::manager);
    }

    private boolean isLately(Entry entry) {
        return entry.time().plus(LATELY).isAfter(clock.instant());
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            return Instant.EPOCH;
        }
    }
}
