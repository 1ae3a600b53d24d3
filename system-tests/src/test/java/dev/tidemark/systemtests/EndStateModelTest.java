package dev.tidemark.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.systemtests.EndState.App;
import dev.tidemark.systemtests.EndState.Branch;
import dev.tidemark.systemtests.EndState.Commit;
import dev.tidemark.systemtests.EndState.Image;
import dev.tidemark.systemtests.EndState.Told;
import dev.tidemark.systemtests.EndStateModel.Rule;
import dev.tidemark.systemtests.EndStateModel.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each kind of fault is planted once in an end state that is right, and found. */
class EndStateModelTest {

    private static final String BEGIN = "1.0.0";

    private final List<Commit> commits = new ArrayList<>(
            List.of(commit("c1", "web", "1.1.0"), commit("c2", "web", "1.3.0"), commit("c3", "web", "1.4.0")));
    private final Set<String> heads = new HashSet<>(Set.of("c1", "c3"));
    private final Set<String> tags = new HashSet<>(
            Set.of("1.1.0", "1.2.7", "1.3.0", "1.4.0", "1.5.0-rc.1", "2.0.0", "0.9.0", "main-1f", "nightly9"));
    private final Set<String> others = new HashSet<>(Set.of("1.1.0", "1.2.0"));
    private final List<String> followed = new ArrayList<>(List.of("web"));
    private final Map<String, List<Long>> sequences = new HashMap<>();
    private final Set<String> applied = new HashSet<>(Set.of("c1", "c2", "c3"));
    private final Set<Told> answered = new HashSet<>(Set.of(new Told("web", "1.4.0"), new Told("web", "main-1f")));
    private final Set<Told> discovered = new HashSet<>(answered);
    private final List<String> notReady = new ArrayList<>();
    private int maxMajor = 1;
    private Optional<String> rendered = Optional.of("1.4.0");
    private long deadLetters;

    @Test
    void whatIsRightIsRight() {
        assertThat(found()).isEmpty();
    }

    @Test
    void theNewestAllowedVersionIsMissingInGit() {
        tags.add("1.10.0");
        rendered = Optional.of("1.10.0");

        assertThat(found()).containsExactly(Rule.MISSING_VERSION);
    }

    @Test
    void aWiderPolicyAllowsMore() {
        maxMajor = 2;

        assertThat(found()).containsExactly(Rule.MISSING_VERSION, Rule.MISSING_OBJECT);
    }

    @Test
    void nothingWasEverCommitted() {
        commits.clear();
        heads.clear();

        assertThat(found()).containsExactly(Rule.MISSING_VERSION);
    }

    @Test
    void theObjectShowsAnOlderVersionOrNone() {
        rendered = Optional.of("1.3.0");
        assertThat(found()).containsExactly(Rule.MISSING_OBJECT);

        rendered = Optional.empty();
        assertThat(found()).containsExactly(Rule.MISSING_OBJECT);
    }

    @Test
    void aDowngradeIsFoundAlsoWhenItWasMadeGoodAgain() {
        commits.add(2, commit("c9", "web", "1.2.7"));
        applied.add("c9");

        assertThat(violations())
                .containsExactly(new Violation(Rule.DOWNGRADE, "updates c9 writes web:1.2.7 over 1.3.0"));
    }

    @Test
    void oneVersionIsWrittenTwice() {
        commits.add(commit("c9", "web", "1.4.0"));
        applied.add("c9");

        assertThat(violations())
                .containsExactly(
                        new Violation(Rule.DUPLICATE_COMMIT, "updates c9 changes nothing"),
                        new Violation(Rule.DUPLICATE_COMMIT, "updates c9 writes ghcr.io/my-org/web:1.4.0 again"));
    }

    @Test
    void aVersionThatNoPolicyAllows() {
        commits.add(2, commit("c9", "web", "1.3.5"));
        commits.add(commit("c10", "web", "2.0.0"));
        applied.addAll(Set.of("c9", "c10"));

        assertThat(found()).containsExactly(Rule.FOREIGN_VERSION, Rule.FOREIGN_VERSION, Rule.MISSING_VERSION);
    }

    @Test
    void aPolicyThatMovesBeginsAnewWhereItIs() {
        move("web-new");
        commits.add(commit("c4", "web", "web-new", "1.1.0"));
        commits.add(commit("c5", "web", "web-new", "1.2.0"));
        rendered = Optional.of("1.2.0");
        assertThat(found()).isEmpty();

        move("web");
        commits.add(commit("c6", "web", "1.3.0"));
        commits.add(commit("c7", "web", "1.4.0"));
        rendered = Optional.of("1.4.0");
        assertThat(found()).isEmpty();
    }

    /** Nothing of the other repository need be seen. */
    @Test
    void aPolicyThatWentAndCameBackInAHurryMayBeginAnew() {
        move("web-new");
        move("web");
        commits.add(2, commit("c9", "web", "1.2.7"));
        commits.add(3, commit("c10", "web", "1.3.0"));
        assertThat(found()).isEmpty();

        commits.add(4, commit("c11", "web", "1.2.7"));
        assertThat(found()).contains(Rule.DOWNGRADE);
    }

    @Test
    void theRepositoryThatIsFollowedNowIsMissingInGit() {
        move("web-new");
        rendered = Optional.of("1.2.0");

        assertThat(violations())
                .containsExactly(new Violation(Rule.MISSING_VERSION, "updates shows web:1.4.0, not web-new:1.2.0"));
    }

    @Test
    void aRepositoryThatWasLeftIsWrittenAgainAlsoWhenThatWasMadeGood() {
        move("web-new");
        commits.add(commit("c4", "web", "web-new", "1.2.0"));
        commits.add(commit("c5", "web", "1.4.0"));
        commits.add(commit("c6", "web", "web-new", "1.2.0"));
        rendered = Optional.of("1.2.0");

        assertThat(violations())
                .contains(new Violation(Rule.LEFT_REPOSITORY, "updates c5 writes web:1.4.0 over web-new:1.2.0"));
    }

    @Test
    void aRepositoryThatWasNeverFollowed() {
        commits.add(2, commit("c9", "web", "web-new", "1.2.0"));

        assertThat(found()).contains(Rule.LEFT_REPOSITORY);
    }

    @Test
    void aSequenceThatDoesNotGrow() {
        sequences.put("web", List.of(1L, 2L, 5L, 5L, 6L));

        assertThat(violations()).containsExactly(new Violation(Rule.SEQUENCE, "web has 5 behind 5"));
    }

    private void move(String repository) {
        followed.add(repository);
        applied.addAll(Set.of("c4", "c5", "c6", "c7", "c9", "c10", "c11"));
    }

    @Test
    void aCommitThatTheLogDoesNotKnow() {
        applied.remove("c2");

        assertThat(violations()).containsExactly(new Violation(Rule.UNKNOWN_COMMIT, "updates c2"));
    }

    @Test
    void aHeadThatIsNotInTheHistory() {
        heads.add("c7");

        assertThat(violations()).containsExactly(new Violation(Rule.REWRITTEN_HISTORY, "updates was at c7"));
    }

    @Test
    void anAnsweredWebhookIsLostAlsoWhenItsTagIsNotSelected() {
        discovered.remove(new Told("web", "main-1f"));

        assertThat(violations()).containsExactly(new Violation(Rule.LOST_WEBHOOK, "web:main-1f"));
    }

    @Test
    void aReplicaIsNotReady() {
        notReady.add("git-committer-0");

        assertThat(violations()).containsExactly(new Violation(Rule.NOT_READY, "git-committer-0"));
    }

    @Test
    void aRecordWasPutAside() {
        deadLetters = 2;

        assertThat(violations()).containsExactly(new Violation(Rule.DEAD_LETTER, "2 records"));
    }

    private List<Rule> found() {
        return violations().stream().map(Violation::rule).collect(Collectors.toList());
    }

    private List<Violation> violations() {
        return EndStateModel.violations(
                new EndState(
                        Map.of("web", new App(Map.of("web", tags, "web-new", others), followed, maxMajor, rendered)),
                        Map.of("updates", new Branch(commits, heads)),
                        sequences,
                        applied,
                        answered,
                        discovered,
                        notReady,
                        deadLetters),
                BEGIN);
    }

    private static Commit commit(String id, String app, String version) {
        return commit(id, app, app, version);
    }

    private static Commit commit(String id, String app, String repository, String version) {
        Image image = new Image(repository, version);
        return new Commit(id, Map.of(app, image), "ghcr.io/my-org/" + image + '\n');
    }
}
