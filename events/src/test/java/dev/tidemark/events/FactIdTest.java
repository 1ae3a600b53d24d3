package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactIdTest {

    private static final Branch BRANCH = new Branch("git.example/org/fleet", "main");

    @Test
    void theSameFactHasTheSameIdInEveryBuild() {
        assertThat(FactId.of(new Event.UpdateRefused("a", "b", "c"))).isEqualTo("84d709ed-72dc-8285-ab27-b26ce77b0273");
        assertThat(FactId.of(new Event.UpdateRefused("a", "b", "c"), 7, "x"))
                .isEqualTo("51b073ed-3f8f-83f7-b93f-97d99eaa591b");
    }

    @Test
    void isAUuidOfVersionEight() {
        UUID id = UUID.fromString(FactId.of(new Event.UpdateRefused("a", "b", "c")));
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void theOrderOfAMapDoesNotMatter() {
        Map<String, Event.Written> one = new LinkedHashMap<>();
        Map<String, Event.Written> other = new HashMap<>();
        List<String> keys = List.of("local/a/b/c", "local/a/b/d", "local/x/y/z");
        keys.forEach(key -> one.put(key, new Event.Written(key, 1)));
        keys.reversed().forEach(key -> other.put(key, new Event.Written(key, 1)));
        assertThat(FactId.of(new Event.BranchState(BRANCH, null, one, null, null, null)))
                .isEqualTo(FactId.of(new Event.BranchState(BRANCH, null, other, null, null, null)));
    }

    @Test
    void tellsTypesContentsAndDiscriminatorsApart() {
        assertThat(List.of(
                        FactId.of(new Event.UpdateRefused("a", "b", "c")),
                        FactId.of(new Event.UpdateFailed("a", "b", "c", null)),
                        FactId.of(new Event.UpdateRefused("a", "b", "d")),
                        FactId.of(new Event.UpdateRefused("a", "b", "c"), "1"),
                        FactId.of(new Event.UpdateRefused("a", "b", "c"), "1", "2"),
                        FactId.of(new Event.UpdateRefused("a", "b", "c"), "12")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aChainKeepsItsCorrelation() {
        Instant now = Instant.parse("2026-11-22T09:30:00Z");
        var first = Envelope.first(new Event.UpdateRefused("a", "b", "c"), "s", now);
        var second = first.causes(new Event.UpdateRefused("d", "e", "f"), "t", now.plusSeconds(1));
        var third = second.causes(new Event.UpdateRefused("g", "h", "i"), "u", now.plusSeconds(2));
        assertThat(first.correlationid()).isEqualTo(first.id());
        assertThat(first.causationid()).isNull();
        assertThat(third.correlationid()).isEqualTo(first.id());
        assertThat(third.causationid()).isEqualTo(second.id());
        assertThat(Envelope.correlated(new Event.UpdateRefused("a", "b", "c"), "s", now, "run-7")
                        .correlationid())
                .isEqualTo("run-7");
    }
}
