package dev.tidemark.watcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.ImageName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneAgendaTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final LaneAgenda agenda = new LaneAgenda(Clock.fixed(NOW, ZoneOffset.UTC), NOW.plus(Duration.ofHours(1)));

    /** The older one was read again after a restart: its tag is known, what the newer one tells of may not be. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNewestOfThoseWhoShareALookStandsForAll(boolean oldFirst) {
        TagCheck old = claim(NOW.minusSeconds(60));
        TagCheck fresh = claim(NOW);
        agenda.add(oldFirst ? old : fresh);
        agenda.add(oldFirst ? fresh : old);

        LaneAgenda.Work.Look look = Objects.requireNonNull(agenda.takeAwaitedLook());
        assertThat(look.waiting().check().cause()).isEqualTo(fresh.cause());
        assertThat(look.waiting().done()).containsExactlyInAnyOrder(old.done(), fresh.done());
        assertThat(agenda.takeAwaitedLook()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alsoWhenTheLookFailedMeanwhile(boolean oldFirst) {
        TagCheck old = claim(NOW.minusSeconds(60));
        TagCheck fresh = claim(NOW);
        agenda.add(oldFirst ? old : fresh);
        LaneAgenda.Work.Look failed = Objects.requireNonNull(agenda.takeAwaitedLook());
        agenda.add(oldFirst ? fresh : old);
        agenda.putBack(failed.waiting(), 1, NOW);

        LaneAgenda.Work.Look again = Objects.requireNonNull(agenda.takeAwaitedLook());
        assertThat(again.waiting().check().cause()).isEqualTo(fresh.cause());
    }

    private static TagCheck claim(Instant told) {
        var notified = new Event.RegistryNotified(new ImageName("ghcr.io/o/a"), "apps/hook", List.of(), "1.0.0");
        return new TagCheck(
                "1.0.0", TagCheck.Purpose.CLAIMED, Envelope.first(notified, "test", told), new CompletableFuture<>());
    }
}
