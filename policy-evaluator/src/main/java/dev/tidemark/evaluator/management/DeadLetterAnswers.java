package dev.tidemark.evaluator.management;

import dev.tidemark.evaluator.management.Answers.Answer;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.Printable;
import dev.tidemark.flux.Redaction;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.log.DeadLetterScan;
import dev.tidemark.runtime.log.DeadLetterScan.DeniedException;
import dev.tidemark.runtime.log.DeadLetterScan.Letter;
import dev.tidemark.runtime.log.DeadLetterScan.Pile;
import dev.tidemark.runtime.log.LogClients;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What lies among the dead letters of all services, and that somebody has seen it. */
@Singleton
public class DeadLetterAnswers {

    private static final System.Logger LOG = System.getLogger(DeadLetterAnswers.class.getName());

    private final DeadLetterScan scan;

    DeadLetterAnswers(LogClients clients) {
        this.scan = new DeadLetterScan(clients, "policy-evaluator-dead-letters");
    }

    /** All of them, the newest with the reason of each. */
    Answer read() {
        try {
            return of(scan.read());
        } catch (DeniedException denied) {
            return denied("Read", denied);
        }
    }

    /**
     * Forgets those that are there now; answers with them.
     *
     * @param topic only of this one; null for all
     */
    Answer clear(@Nullable String topic) {
        if (topic != null
                && List.of(Topic.values()).stream()
                        .noneMatch(one -> one.topicName().equals(topic))) {
            return Answers.problem(404, "there is no topic '" + topic + "'");
        }
        try {
            List<Pile> cleared = scan.read().stream()
                    .filter(pile -> topic == null || pile.topic().topicName().equals(topic))
                    .toList();
            scan.clear(cleared);
            cleared.forEach(pile -> LOG.log(
                    Level.WARNING,
                    LogKeys.line(
                            "dead-letters-cleared",
                            LogKeys.TOPIC,
                            pile.topic().topicName(),
                            LogKeys.COUNT,
                            pile.count())));
            return of(cleared);
        } catch (DeniedException denied) {
            return denied("Read and Delete", denied);
        }
    }

    private static Answer denied(String rights, DeniedException denied) {
        return Answers.problem(
                403,
                "the broker does not let policy-evaluator: its user needs " + rights
                        + " on the topics of the dead letters (" + denied.getMessage() + ")");
    }

    static Answer of(List<Pile> piles) {
        return Answers.json(
                200,
                Map.of("topics", piles.stream().map(DeadLetterAnswers::shown).toList()));
    }

    /** What people are shown of a pile. */
    record Shown(String topic, int count, boolean more, Instant since, List<Letter> newest) {}

    private static Shown shown(Pile pile) {
        return new Shown(
                pile.topic().topicName(),
                pile.count(),
                pile.more(),
                pile.since(),
                pile.newest().stream().map(DeadLetterAnswers::harmless).toList());
    }

    /** Who wrote a record that nobody can read may have written anything. */
    private static Letter harmless(Letter letter) {
        UnaryOperator<String> words = text -> Printable.line(Redaction.ofUrls().apply(text));
        return new Letter(
                letter.at(),
                words.apply(letter.key()),
                words.apply(letter.reason()),
                letter.partition(),
                letter.offset());
    }
}
