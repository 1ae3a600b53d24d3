package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.HistoryRecord.Place;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.evaluation.history.RecordedHistory.Cursor;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Reading;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a range says of how a policy was declared. */
final class RecordedDeclarations {

    private final RecordedHistory history;

    RecordedDeclarations(RecordedHistory history) {
        this.history = history;
    }

    /** The declaration in force when the range begins, else the first one in it. */
    Optional<PolicyDeclared> find(Target target) {
        Instant since = history.header().since();
        PolicyDeclared inForce = null;
        PolicyDeclared first = null;
        Instant firstAt = Instant.MAX;
        for (int partition = 0; partition < history.header().partitions(); partition++) {
            Cursor cursor = history.open(new Place(Topic.POLICY_DECLARED, partition));
            for (var next = cursor.peek(); next.isPresent(); next = cursor.peek()) {
                HistoryRecord record = next.get();
                PolicyDeclared declared = record.key().endsWith('|' + target.text()) ? declared(record) : null;
                if (declared != null && !record.at().isAfter(since)) {
                    inForce = inForce == null || inForce.sequence() < declared.sequence() ? declared : inForce;
                } else if (declared != null && record.at().isBefore(firstAt)) {
                    first = declared;
                    firstAt = record.at();
                }
                cursor.advance();
            }
        }
        return Optional.ofNullable(inForce == null ? first : inForce);
    }

    private static @Nullable PolicyDeclared declared(HistoryRecord record) {
        // what is not understood is no answer: then the manifest has to say it
        return !record.isTombstone()
                        && record.reading() instanceof Reading.Known(var envelope, var newer)
                        && envelope.event() instanceof PolicyDeclared declared
                ? declared
                : null;
    }
}
