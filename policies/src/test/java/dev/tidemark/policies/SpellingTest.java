package dev.tidemark.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("filterTags", "policy", "interval", "suspend", "url", "ref");

    @ParameterizedTest
    @CsvSource({
        "filterTag, filterTags",
        "filtertags, filterTags",
        "filter-tags, filterTags",
        "fliterTags, filterTags",
        "polcy, policy",
        "intervall, interval",
        "suspended, suspend",
        "uri, url",
        "refs, ref"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Spelling.nearest(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"timeout", "x", "secretRef", "''"})
    void doesNotGuess(String written) {
        assertThat(Spelling.nearest(written, KNOWN)).isEmpty();
    }

    @Test
    void aVeryLongNameIsNoSlip() {
        assertThat(Spelling.nearest("x".repeat(100_000), KNOWN)).isEqualTo(Optional.empty());
    }
}
