package dev.tidemark.runtime.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.publish.FactLines;
import dev.tidemark.runtime.publish.LogListener;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Says in the log that an object fails, once for each reason, and how often it failed and since when as soon as it fails no
 * more or for another reason; what comes again meanwhile is only counted. Where a fact of this process tells of the failure,
 * its line is that of {@link FactLines}: the fact is in the log of events before the status says it.
 */
public final class FailureLines implements StatusListener, LogListener {

    /** More than anybody declares, and each is two short texts; the failures of others are not counted. */
    static final int MAX_FAILING = 10_000;

    /** A status follows its fact within seconds; where more fail meanwhile, some are said twice. */
    static final int MAX_TOLD = 1_000;

    private static final System.Logger LOG = System.getLogger(FailureLines.class.getName());

    private final BiConsumer<Level, String> log;
    private final Clock clock;
    private final Map<ResourceId, Failing> failing = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();

    /**
     * A failure that goes on.
     *
     * @param times runs of this process that came to it
     * @param untold runs since the object was last seen to fail so: nobody knows yet what they came to
     */
    private record Failing(String reason, Instant since, int times, int untold) {

        Failing again() {
            return new Failing(reason, since, times + untold, 0);
        }
    }

    public FailureLines(Clock clock) {
        this(LOG::log, clock);
    }

    FailureLines(BiConsumer<Level, String> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public synchronized void ran(ResourceId object, Duration took) {
        failing.computeIfPresent(
                object, (id, known) -> new Failing(known.reason(), known.since(), known.times(), known.untold() + 1));
    }

    @Override
    public synchronized void shows(Resource<?> object, StatusOwner owner, JsonNode status) {
        JsonNode ready = ready(status);
        switch (ready.path("status").asText()) {
            case "False" -> fails(object.id(), ready);
            case "True" ->
                Optional.ofNullable(failing.remove(object.id())).ifPresent(ended -> tell(object.id(), ended));
            // nobody knows: as a rule it is being tried just now
            default -> {}
        }
    }

    private void fails(ResourceId object, JsonNode ready) {
        String reason =
                ready.path("reason").asText() + ": " + ready.path("message").asText();
        Failing known = failing.get(object);
        if (known == null) {
            if (failing.size() < MAX_FAILING) {
                failing.put(object, new Failing(reason, since(ready), 1, 0));
                begins(object, reason);
            }
        } else if (known.reason().equals(reason)) {
            failing.put(object, known.again());
        } else {
            tell(object, known);
            failing.put(object, new Failing(reason, clock.instant(), 1, 0));
            begins(object, reason);
        }
    }

    private void begins(ResourceId object, String reason) {
        if (told.stream().noneMatch(reason::endsWith)) {
            log.accept(Level.WARNING, LogKeys.line("failing", LogKeys.RESOURCE, object, LogKeys.REASON, reason));
        }
    }

    /** Also of a failure that is older than this process. */
    private Instant since(JsonNode ready) {
        try {
            return Instant.parse(ready.path("lastTransitionTime").asText());
        } catch (DateTimeParseException none) {
            return clock.instant();
        }
    }

    private void tell(ResourceId object, Failing ended) {
        log.accept(
                Level.INFO,
                LogKeys.line(
                        "failure-ended",
                        LogKeys.RESOURCE,
                        object,
                        LogKeys.REASON,
                        ended.reason(),
                        LogKeys.COUNT,
                        ended.times(),
                        LogKeys.SINCE,
                        ended.since()));
    }

    private static JsonNode ready(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition;
            }
        }
        return status.path("no condition");
    }

    @Override
    public synchronized void gone(ResourceId object) {
        failing.remove(object);
    }

    @Override
    public void read(Envelope<?> event) {}

    /** One fact may be the failure of many: a registry that is away is one of each ImageRepository. */
    @Override
    public synchronized void appended(Envelope<?> event) {
        FactLines.failure(event.event()).filter(message -> !message.isBlank()).ifPresent(message -> {
            told.remove(message);
            told.add(message);
            if (told.size() > MAX_TOLD) {
                told.remove(told.iterator().next());
            }
        });
    }

    @Override
    public void deadLetter(Topic from) {}
}
