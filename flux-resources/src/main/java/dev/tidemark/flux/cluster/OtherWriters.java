package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.status.StatusWriters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Marks objects that another controller works on: it wrote their status, lately and after us. Such an object is left to it
 * until its label says that it is ours, or everything is.
 *
 * @param takeOver whether everything is ours, whoever wrote it
 */
record OtherWriters(boolean takeOver, Clock clock) {

    private static final String OURS = "tidemark";

    /** Of people, who mend a status and do not work on the object. */
    private static final String PEOPLE = "kubectl";

    private static final String LABEL = "sharding.fluxcd.io/key";

    /** A controller that works writes in that time: a policy that nothing happens to may be quiet for days. */
    private static final Duration LATELY = Duration.ofDays(7);

    /** Who wrote what, and when it was last. */
    private record Entry(String manager, Instant time) {}

    void mark(String kind, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        boolean written = !StatusWriters.fieldOwner(kind).equals(OURS);
        if (takeOver || !written || metadata.path("labels").path(LABEL).asText().equals(OURS)) {
            return;
        }
        last(metadata.path("managedFields"))
                .filter(last -> !last.manager().startsWith(OURS))
                .filter(last -> last.time().plus(LATELY).isAfter(clock.instant()))
                .ifPresent(last ->
                        object.withObject("metadata").withObject("annotations").put(Shadow.ANNOTATION, last.manager()));
    }

    private static Optional<Entry> last(JsonNode managedFields) {
        Optional<Entry> last = Optional.empty();
        for (JsonNode field : managedFields) {
            String manager = field.path("manager").asText();
            if (field.path("subresource").asText().equals("status") && !manager.startsWith(PEOPLE)) {
                Entry entry = new Entry(manager, time(field.path("time").asText()));
                // times are whole seconds: of one second ours is the later
                boolean later = last.map(Entry::time)
                        .map(before -> manager.startsWith(OURS)
                                ? !entry.time().isBefore(before)
                                : entry.time().isAfter(before))
                        .orElse(true);
                if (later) {
                    last = Optional.of(entry);
                }
            }
        }
        return last;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            return Instant.EPOCH;
        }
    }
}
