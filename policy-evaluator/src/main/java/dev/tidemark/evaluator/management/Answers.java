package dev.tidemark.evaluator.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidemark.evaluation.replay.CommitExplainer;
import dev.tidemark.evaluation.replay.CommitStory;
import dev.tidemark.evaluation.replay.Explainer;
import dev.tidemark.evaluation.replay.LoggedRecord;
import dev.tidemark.evaluator.kafka.LogReader;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Printable;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.log.ControlWriter;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a tag is selected or not, and the emergency stop. */
@Singleton
public class Answers {

    private static final String SOURCE = "policy-evaluator-http";

    /** A name and a sentence; more would only fill the conditions of every policy that waits. */
    private static final int MAX_WORDS = 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LogReader log;
    private final String cluster;
    private final LogListener listener;
    private final Clock clock;

    Answers(LogClients clients, TidemarkConfig config, LogListener listener, Clock clock) {
        this.log = new LogReader(clients, SOURCE);
        this.cluster = config.cluster();
        this.listener = listener;
        this.clock = clock;
    }

    /** A status of HTTP and JSON, empty for none. */
    record Answer(int status, String json) {}

    /** What the emergency stop is asked for. */
    record ControlBody(
            @Nullable String action,
            @Nullable String who,
            @Nullable String why) {}

    /**
     * Explains.
     *
     * @param otherCluster of the policy, where it is not this one's
     * @param tag the one asked about; null: the one that is selected
     */
    Answer explain(String namespace, String name, String kind, @Nullable String otherCluster, @Nullable String tag) {
        return new Explainer(log, clock)
                .explain(new Target(otherCluster == null ? cluster : otherCluster, kind, namespace, name), tag)
                .map(answer -> json(200, answer))
                .orElseGet(() -> problem(
                        404,
                        "the log declares no " + kind + " " + namespace + "/" + name
                                + ": check the name, and its status for what keeps it from being declared"));
    }

    /**
     * Says what a commit was made from.
     *
     * @param id whole or abbreviated
     */
    Answer commit(String id) {
        return switch (new CommitExplainer(log).explain(id)) {
            case CommitExplainer.Answer.Explained(CommitStory story) -> json(200, story);
            case CommitExplainer.Answer.Malformed malformed ->
                problem(400, "a commit is named by 4 to 40 hexadecimal digits, not by '" + id + "'");
            case CommitExplainer.Answer.Unknown unknown ->
                problem(
                        404,
                        "the log has no commit " + id
                                + ": somebody else made it, another Tidemark did, or it is older than what the log remembers"
                                + " (tidemark.audit-window). 'git cat-file commit " + id
                                + "' shows the header tidemark-selections of one that is Tidemark's");
            case CommitExplainer.Answer.Ambiguous(List<String> ids) ->
                problem(
                        409,
                        id + " is the beginning of several commits: write more digits of " + String.join(", ", ids));
        };
    }

    /** Whether everything is halted, and what was asked last. */
    Answer control() {
        return control(log.read(Topic.CONTROL_REQUESTED, List.of(0), ControlRequested.EVERYTHING::equals));
    }

    /** What only a newer evaluator can be asked for changes nothing here: what was in force before stays. */
    static Answer control(List<LoggedRecord> asked) {
        return asked.reversed().stream()
                .filter(record -> isOfToday(record.event()))
                .findFirst()
                .map(Answers::inForce)
                .orElseGet(() -> json(200, Map.of("halted", false)));
    }

    private static boolean isOfToday(@Nullable Envelope<?> envelope) {
        return envelope != null
                && envelope.event() instanceof ControlRequested asked
                && asked.action() != ControlAction.UNKNOWN;
    }

    private static Answer inForce(LoggedRecord record) {
        ControlRequested last =
                (ControlRequested) Objects.requireNonNull(record.event()).event();
        return json(
                200,
                Map.of(
                        "halted",
                        last.action() == ControlAction.HALT,
                        "who",
                        last.who(),
                        "why",
                        last.why(),
                        "at",
                        record.at().toString()));
    }

    /** Halts or lifts; answers when every partition of the log has it. */
    Answer control(String body) {
        try {
            ControlBody asked = MAPPER.readValue(body, ControlBody.class);
            ControlAction action =
                    switch (asked == null ? null : asked.action()) {
                        case "halt" -> ControlAction.HALT;
                        case "lift" -> ControlAction.LIFT;
                        case null, default -> throw new IllegalArgumentException("action is halt or lift");
                    };
            listener.appended(new ControlWriter(log.clients(), SOURCE, clock)
                    .append(new ControlRequested(
                            ControlRequested.EVERYTHING,
                            action,
                            words("who", asked.who()),
                            words("why", asked.why()))));
            return new Answer(204, "");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String what = e instanceof JsonProcessingException parse ? parse.getOriginalMessage() : e.getMessage();
            return problem(400, what + "; write {\"action\": \"halt\", \"who\": \"…\", \"why\": \"…\"}");
        } catch (IllegalStateException e) {
            return problem(503, String.valueOf(e.getMessage()));
        }
    }

    /** They will be shown to people: in conditions, logs and terminals; a link may carry a login. */
    static String words(String name, @Nullable String text) {
        String words = text == null ? "" : Printable.line(Redaction.ofUrls().apply(text));
        if (words.length() > MAX_WORDS) {
            throw new IllegalArgumentException(name + " is longer than " + MAX_WORDS + " characters");
        }
        return words;
    }

    static Answer problem(int status, String message) {
        return json(status, Map.of("error", Printable.line(message)));
    }

    static Answer json(int status, Object content) {
        try {
            return new Answer(status, MAPPER.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
        }
    }
}
