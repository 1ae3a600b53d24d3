package dev.tidemark.evaluator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidemark.evaluator.replay.Explainer;
import dev.tidemark.evaluator.replay.LogReader;
import dev.tidemark.evaluator.replay.LoggedRecord;
import dev.tidemark.evaluator.replay.Replay;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.events.kafka.ControlWriter;
import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.GoDuration;
import dev.tidemark.runtime.TidemarkConfig;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a tag is selected or not, whether recorded decisions come out the same, and the emergency stop. */
@Singleton
@Path("/policy-evaluator")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class EvaluatorResource {

    private static final String SOURCE = "policy-evaluator-http";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LogReader log;
    private final String cluster;
    private final Clock clock;

    EvaluatorResource(LogSettings settings, TidemarkConfig config, Clock clock) {
        this.log = new LogReader(settings, SOURCE);
        this.cluster = config.cluster();
        this.clock = clock;
    }

    /** What the emergency stop is asked for. */
    record ControlBody(
            @Nullable String action,
            @Nullable String who,
            @Nullable String why) {}

    /**
     * Explains.
     *
     * @param otherCluster of the policy, where it is not this one's
     * @param tag the one asked about; absent: the one that is selected
     */
    @GET
    @Path("/explain/{namespace}/{name}")
    public Response explain(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("cluster") @Nullable String otherCluster,
            @QueryParam("kind") @DefaultValue("ImagePolicy") String kind,
            @QueryParam("tag") @Nullable String tag) {
        return new Explainer(log, clock)
                .explain(new Target(otherCluster == null ? cluster : otherCluster, kind, namespace, name), tag)
                .map(answer -> json(Response.Status.OK, answer))
                .orElseGet(() -> problem(
                        Response.Status.NOT_FOUND,
                        "the log declares no " + kind + " " + namespace + "/" + name
                                + ": check the name, and its status for what keeps it from being declared"));
    }

    /** @param since a duration such as {@code 1h} */
    @GET
    @Path("/replay")
    public Response replay(@QueryParam("since") @DefaultValue("1h") String since) {
        return GoDuration.parse(since) instanceof Parsed.Value<Duration>(Duration ago)
                ? json(Response.Status.OK, new Replay(log).since(clock.instant().minus(ago)))
                : problem(Response.Status.BAD_REQUEST, "since is a duration such as 30m or 1h, not '" + since + "'");
    }

    /** Whether everything is halted, and what was asked last. */
    @GET
    @Path("/control")
    public Response control() {
        List<LoggedRecord> asked = log.read(Topic.CONTROL_REQUESTED, List.of(0), ControlRequested.EVERYTHING::equals);
        if (asked.isEmpty()
                || asked.getLast().event() == null
                || !(asked.getLast().event().event() instanceof ControlRequested last)) {
            return json(Response.Status.OK, Map.of("halted", false));
        }
        return json(
                Response.Status.OK,
                Map.of(
                        "halted",
                        last.action() == ControlAction.HALT,
                        "who",
                        last.who(),
                        "why",
                        last.why(),
                        "at",
                        asked.getLast().at().toString()));
    }

    /** Halts or lifts; answers when every partition of the log has it. */
    @POST
    @Path("/control")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response control(String body) {
        try {
            ControlBody asked = MAPPER.readValue(body, ControlBody.class);
            ControlAction action =
                    switch (asked.action()) {
                        case "halt" -> ControlAction.HALT;
                        case "lift" -> ControlAction.LIFT;
                        case null, default -> throw new IllegalArgumentException("action is halt or lift");
                    };
            new ControlWriter(log.settings(), SOURCE, clock)
                    .append(new ControlRequested(
                            ControlRequested.EVERYTHING, action, orEmpty(asked.who()), orEmpty(asked.why())));
            return Response.noContent().build();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return problem(
                    Response.Status.BAD_REQUEST,
                    e.getMessage() + "; write {\"action\": \"halt\", \"who\": \"…\", \"why\": \"…\"}");
        } catch (IllegalStateException e) {
            return problem(Response.Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Response problem(Response.Status status, String message) {
        return json(status, Map.of("error", message));
    }

    private static Response json(Response.Status status, Object content) {
        try {
            return Response.status(status)
                    .entity(MAPPER.writeValueAsString(content))
                    .type(MediaType.APPLICATION_JSON)
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
        }
    }
}
