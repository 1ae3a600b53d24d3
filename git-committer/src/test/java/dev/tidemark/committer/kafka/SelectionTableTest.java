package dev.tidemark.committer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.MemoryLog;
import dev.tidemark.events.Branch;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.BranchState;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.runtime.log.TableHealth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTableTest {

    private static final Envelope<TagSelected> SELECTION = MemoryLog.selection("web", "1.1", 7);

    @Test
    void findsWhatItsKeySelects() {
        assertThat(SelectionTable.selection(MemoryLog.target("web"), SELECTION)).contains(SELECTION);
    }

    /** Whoever writes into the topic may write anything under any key. */
    @Test
    void aRecordOfAnotherTargetOrTypeSelectsNothing() {
        Envelope<BranchState> state = Envelope.first(
                new BranchState(new Branch("git.example/x", "main"), null, Map.of(), null, null, null),
                "git-committer",
                MemoryLog.START);
        assertThat(SelectionTable.selection(MemoryLog.target("db"), SELECTION)).isEmpty();
        assertThat(SelectionTable.selection(MemoryLog.target("web"), state)).isEmpty();
    }

    @Test
    void saysSinceWhenItIsNotRead() {
        assertThat(SelectionTable.problem(new TableHealth.Following())).isEmpty();
        assertThat(SelectionTable.problem(new TableHealth.Failing("not authorized", MemoryLog.START)))
                .contains("tag-selected has not been read since 2026-11-22T10:00:00Z: not authorized");
    }
}
