package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLinesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final RecentLines recent = new RecentLines();

    @Test
    void givesWhatIsBehindANumberInOrder() {
        recent.add(NOW, "one");
        recent.add(NOW, "two");
        recent.add(NOW, "three");

        assertThat(recent.after(0)).extracting(RecentLines.Entry::text).containsExactly("one", "two", "three");
        assertThat(recent.after(2)).extracting(RecentLines.Entry::text).containsExactly("three");
        assertThat(recent.after(3)).isEmpty();
    }

    @Test
    void keepsTheNewestWithinItsBound() {
        String text = "x".repeat(1000);
        for (int i = 0; i < 2000; i++) {
            recent.add(NOW, text);
        }
        List<RecentLines.Entry> kept = recent.after(0);

        assertThat(kept).hasSizeBetween(400, RecentLines.MOST_CHARACTERS / 1000);
        assertThat(kept.getLast().number()).isEqualTo(2000);
    }

    @Test
    void cutsAnEntryThatWouldTakeThePlaceOfAllOthers() {
        recent.add(NOW, "before");
        recent.add(NOW, "y".repeat(RecentLines.MOST_CHARACTERS * 2));

        assertThat(recent.after(0)).hasSize(2);
        assertThat(recent.after(1).getFirst().text()).hasSize(RecentLines.LONGEST_ENTRY + 1);
    }

    @Test
    void tellsWhoListens() {
        List<String> heard = new ArrayList<>();
        Runnable listener = () -> heard.add("call");
        recent.listen(listener);
        recent.add(NOW, "one");
        recent.forget(listener);
        recent.add(NOW, "two");

        assertThat(heard).hasSize(1);
    }
}
