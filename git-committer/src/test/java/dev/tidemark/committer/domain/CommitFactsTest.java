package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.Written;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a branch with more targets than a record takes. */
class CommitFactsTest {

    private static final int NAME = "policy-0000".length();
    private static final String VALUE = "v".repeat(500 - NAME);

    /** Of 500 characters each, that fit; of all a tenth. */
    private static final int FIT = CommitFacts.MAX_KEPT / 500;

    private static final int TARGETS = 10 * FIT;

    @Test
    void everythingIsKeptWhileItFits() {
        Map<String, Written> written = written(0, FIT, 7);

        assertThat(CommitFacts.kept(written, Set.of())).isEqualTo(written);
    }

    @Test
    void whatIsNotSelectedAnyMoreGoesFirstHoweverHighItsSequence() {
        Map<String, Written> written = written(0, TARGETS - 10, 9_000);
        written.putAll(written(TARGETS - 10, TARGETS, 1));
        Set<String> selected = names(TARGETS - 10, TARGETS);

        assertThat(CommitFacts.kept(written, selected))
                .hasSize(FIT)
                .containsKeys(selected.toArray(String[]::new))
                .containsKeys(names(0, FIT - 10).toArray(String[]::new));
    }

    @Test
    void ofTheSelectedOnesTheSameAreKeptAfterEveryRun() {
        Map<String, Written> written = written(0, TARGETS, 3);
        Set<String> selected = names(0, TARGETS);
        Map<String, Written> kept = CommitFacts.kept(written, selected);
        Map<String, Written> next = new TreeMap<>(kept);
        next.putAll(written(FIT, 2 * FIT, 9_000));

        assertThat(kept.keySet()).isEqualTo(names(0, FIT));
        assertThat(CommitFacts.kept(next, selected)).isEqualTo(kept);
    }

    private static Map<String, Written> written(int from, int to, long sequence) {
        Collection<String> names = names(from, to);
        return names.stream()
                .collect(Collectors.toMap(
                        name -> name, name -> new Written(VALUE, sequence), (one, other) -> one, TreeMap::new));
    }

    private static Set<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj("policy-%04d"::formatted).collect(Collectors.toSet());
    }
}
