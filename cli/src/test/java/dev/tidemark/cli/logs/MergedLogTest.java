package dev.tidemark.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.error.UserError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class MergedLogTest {

    private final List<LogSource> sources = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final MergedLog log = new MergedLog(() -> List.copyOf(sources), troubles::add);

    /** Has lines, and ends each answer after them, as a service does that is ended. */
    private record Fake(String name, List<String> lines, List<String> asked) implements LogSource {

        static Fake of(String name, String... lines) {
            return new Fake(name, new CopyOnWriteArrayList<>(lines), new CopyOnWriteArrayList<>());
        }

        @Override
        public InputStream open(int tail, Optional<Instant> since, boolean follow) {
            asked.add(tail + " " + since.map(Instant::toString).orElse("-"));
            if (lines.isEmpty()) {
                throw new UserError("does not answer");
            }
            return new ByteArrayInputStream((String.join("\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String at(int second, String text) {
        return "2026-01-02T03:04:%02dZ %s".formatted(second, text);
    }

    private static List<String> shown(List<LogLine> lines) {
        return lines.stream().map(LogLine::shown).toList();
    }

    @Test
    void isOrderedByTimeAndKeepsAnEntrysLinesTogether() throws Exception {
        sources.add(Fake.of("a", at(1, "first"), at(3, "third"), at(3, "\tat a trace")));
        sources.add(Fake.of("b", at(2, "second"), "no line of a log", at(4, "fourth")));

        assertThat(shown(log.last(100, Optional.empty())))
                .containsExactly("[a] first", "[b] second", "[a] third", "[a] \tat a trace", "[b] fourth");
    }

    @Test
    void saysWhichCannotBeReadAndShowsTheOthers() throws Exception {
        sources.add(Fake.of("a"));
        sources.add(Fake.of("b", at(2, "second")));

        assertThat(shown(log.last(100, Optional.empty()))).containsExactly("[b] second");
        assertThat(troubles).containsExactly("a: does not answer");
    }

    @Test
    void failsWhereNoneCanBeRead() {
        sources.add(Fake.of("a"));

        assertThatThrownBy(() -> log.last(100, Optional.empty())).isInstanceOf(UserError.class);
    }

    @Test
    void followsEachWhereItWasAndWhatIsStartedLater() throws Exception {
        Fake one = Fake.of("a", at(1, "before"));
        sources.add(one);
        List<String> shown = new ArrayList<>(shown(log.last(1, Optional.empty())));
        one.lines().add(at(2, "after"));
        sources.add(Fake.of("new", at(3, "started")));
        BlockingQueue<String> followed = new LinkedBlockingQueue<>();
        Thread follower = Thread.startVirtualThread(() -> {
            try {
                log.follow(line -> followed.add(line.shown()));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });

        shown.add(followed.take());
        shown.add(followed.take());
        one.lines().add(at(4, "after that"));
        shown.add(followed.take());
        follower.interrupt();
        follower.join();

        assertThat(shown).containsExactlyInAnyOrder("[a] before", "[a] after", "[new] started", "[a] after that");
        assertThat(one.asked()).startsWith("1 -", "-1 2026-01-02T03:04:01Z", "-1 2026-01-02T03:04:02Z");
    }
}
