package dev.tidemark.runtime.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.quarkus.LogLevels.Named;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {

    private static final String PACKAGE = LogLevelsTest.class.getName();

    /** What the settings said. */
    private final LogLevels start = new LogLevels();

    private final LogLevels levels = new LogLevels();

    @AfterEach
    void takeBack() {
        levels.all().keySet().forEach(levels::reset);
        start.reset(PACKAGE);
    }

    private static boolean says(System.Logger.Level level) {
        return System.getLogger(PACKAGE + ".Some").isLoggable(level);
    }

    @Test
    void changesAPackageWithAllBelowUntilItIsTakenBack() {
        start.set(PACKAGE, Named.INFO);
        assertThat(says(System.Logger.Level.DEBUG)).isFalse();

        levels.set(PACKAGE, Named.DEBUG);
        assertThat(says(System.Logger.Level.DEBUG)).isTrue();
        levels.set(PACKAGE, Named.ERROR);
        assertThat(says(System.Logger.Level.WARNING)).isFalse();
        assertThat(levels.all()).containsEntry(PACKAGE, Named.ERROR);

        levels.reset(PACKAGE);
        assertThat(says(System.Logger.Level.WARNING)).isTrue();
        assertThat(says(System.Logger.Level.DEBUG)).isFalse();
        assertThat(levels.all()).isEmpty();
    }

    @Test
    void readsNamesInAnyCaseAndNothingElse() {
        assertThat(Named.of("debug\n")).contains(Named.DEBUG);
        assertThat(Named.of("FINE")).isEmpty();
    }

    @Test
    void hasRoomForSome() {
        assertThat(IntStream.range(0, LogLevels.MOST).allMatch(n -> levels.set("p" + n, Named.INFO)))
                .isTrue();
        assertThat(levels.set("one.more", Named.INFO)).isFalse();
        assertThat(levels.set("p1", Named.DEBUG)).isTrue();
    }
}
