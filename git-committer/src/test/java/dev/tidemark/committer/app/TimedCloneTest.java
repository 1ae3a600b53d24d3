package dev.tidemark.committer.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.policies.Parsed;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.trace.Steps.Step;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedCloneTest {

    private static final String MAIN = "refs/heads/main";

    private final World world = new World(1);
    private final Map<String, List<Step>> led = new HashMap<>();
    private final Remote remote = new Remote();
    private final TimedClone clone =
            new TimedClone(remote, led::put, world.replica("one").clock());

    /** Every exchange with it takes a second; what is read of the clone, a millisecond. */
    private final class Remote implements WorkingClone {

        private final Map<String, String> heads = new HashMap<>();
        private final Deque<PushOutcome> next = new ArrayDeque<>();
        private int number;

        @Override
        public Map<String, String> heads() {
            return heads;
        }

        @Override
        public FetchOutcome fetch(Source source, Set<Checkout> wanted) {
            world.pass(Duration.ofSeconds(1));
            heads.put(MAIN, "head");
            return new FetchOutcome.Fetched(heads, Map.of());
        }

        @Override
        public HistoryOutcome history(Source source, String ref, @Nullable String known, int limit) {
            world.pass(Duration.ofSeconds(1));
            return new HistoryOutcome.Read(List.of());
        }

        @Override
        public FileTree tree(String commit) {
            world.pass(Duration.ofMillis(1));
            return new FileTree() {
                @Override
                public @Nullable Node at(String path) {
                    return null;
                }

                @Override
                public List<Candidate> candidates(String folder) {
                    return List.of();
                }

                @Override
                public Content read(String path) {
                    return new Content.Unreadable("it is not there");
                }
            };
        }

        @Override
        public String commit(
                String parent, Map<String, String> contents, CommitText text, @Nullable CommitSigner signer) {
            world.pass(Duration.ofMillis(1));
            return "commit" + ++number;
        }

        @Override
        public PushOutcome push(
                Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
            world.pass(Duration.ofSeconds(1));
            return next.isEmpty() ? new PushOutcome.Accepted() : next.removeFirst();
        }

        @Override
        public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
            world.pass(Duration.ofSeconds(1));
            return new PushOutcome.Accepted();
        }

        @Override
        public void discard() {}

        @Override
        public void close() {}
    }

    private static Source source() {
        if (GitUrl.parse("https://git.example/o/r") instanceof Parsed.Value<GitUrl>(GitUrl url)) {
            return new Source(
                    new ResourceId("GitRepository", "apps", "fleet"),
                    url,
                    new Access(new Access.Login.Anonymous()),
                    Duration.ofSeconds(2));
        }
        throw new AssertionError("that is a URL");
    }

    private void fetch() {
        clone.fetch(source(), Set.of(new Checkout.Ref(MAIN)));
    }

    private String edit() {
        clone.tree("head");
        return clone.commit(
                "head",
                Map.of(),
                new CommitText(
                        new CommitText.Author("", "a@example"), world.now().atZone(ZoneOffset.UTC), "m", "", "apps/a"),
                null);
    }

    private void push(String commit) {
        clone.push(source(), MAIN, commit, "head", Map.of());
    }

    private List<String> ledTo(String commit) {
        return led.getOrDefault(commit, List.of()).stream()
                .map(step -> step.name()
                        + ' '
                        + Duration.between(step.begin(), step.end()).toMillis())
                .toList();
    }

    @Test
    void eachCommitOfAPushHasItsOwnEditAndWhatWasDoneForAll() {
        fetch();
        clone.history(source(), MAIN, null, 1);
        String one = edit();
        String two = edit();
        assertThat(led).as("no remote has them").isEmpty();
        push(two);

        assertThat(ledTo(one)).containsExactly("clone 1000", "read-back 1000", "push 1000", "edit 2");
        assertThat(ledTo(two)).containsExactlyElementsOf(ledTo(one));
        assertThat(led.get(one)).isNotEqualTo(led.get(two));
    }

    @Test
    void whatAPushThatLostTookIsPartOfTheCommitThatIsThereInTheEnd() {
        fetch();
        remote.next.add(new WorkingClone.PushOutcome.Moved("somebody was faster"));
        String lost = edit();
        push(lost);
        fetch();
        String there = edit();
        push(there);

        assertThat(led).containsOnlyKeys(there);
        assertThat(ledTo(there)).containsExactly("clone 1000", "push 1000", "fetch 1000", "push 1000", "edit 2");
    }

    @Test
    void theNextCommitHasNothingOfTheOneBefore() {
        fetch();
        push(edit());
        String next = edit();
        push(next);

        assertThat(ledTo(next)).containsExactly("push 1000", "edit 2");
    }

    @Test
    void aSecondPushIsPartOfTheCommit() {
        fetch();
        String commit = edit();
        push(commit);
        clone.push(source(), new Refspec("main:refs/for/main", MAIN, "refs/for/main", false), commit, Map.of());

        assertThat(ledTo(commit)).containsExactly("clone 1000", "push 1000", "push 1000", "edit 2");
    }

    /** Branches are asked for years without a commit. */
    @Test
    void whatIsKeptIsBounded() {
        for (int i = 0; i < 2 * TimedClone.MAX_STEPS; i++) {
            fetch();
        }
        String commit = edit();
        push(commit);

        assertThat(ledTo(commit)).hasSize(TimedClone.MAX_STEPS + 1).doesNotContain("clone 1000");
    }
}
