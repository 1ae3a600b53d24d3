package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.FoundCommit;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.committer.domain.WorkingClone.HistoryOutcome;
import dev.tidemark.committer.domain.WorkingClone.PushOutcome;
import dev.tidemark.flux.GitRef;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.policies.Parsed;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clones, edits and pushes against Git's own server programs. */
class GitHttpIT {

    private static final String MAIN = "refs/heads/main";
    private static final String STAGING = "refs/heads/staging";
    private static final Access ANONYMOUS = new Access(new Access.Login.Anonymous());

    @TempDir
    Path folder;

    private Source source(URI url, Access access) {
        return new Source(
                new ResourceId("GitRepository", "apps", "fleet"),
                GitUrls.of(url.toString()),
                access,
                Duration.ofSeconds(30));
    }

    private static Access basic(String password) {
        return new Access(new Access.Login.Basic("bot", password));
    }

    private GitRemote remote() {
        GitRemote remote = GitRemote.create(folder, "fleet");
        remote.commit(
                "main", "begin", Map.of("apps/web.yaml", MarkedFile.TEXT, "apps/other.yaml", "a: b\n", "README", "x"));
        return remote;
    }

    private static String fetched(BareClone clone, Source source, String ref) {
        assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN), new Checkout.Ref(STAGING))))
                .isInstanceOf(FetchOutcome.Fetched.class);
        return clone.heads().getOrDefault(ref, "");
    }

    @Test
    void pushesOverHttpWithAPasswordAndOnTopOfWhatItPushed() {
        GitRemote remote = remote();
        try (GitHttpServer server = GitHttpServer.start(folder, "bot", "secret");
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), basic("secret"));
            String main = fetched(clone, source, MAIN);
            String first = MarkedFile.edited(clone, main, "v2");

            assertThat(clone.push(source, STAGING, first, null, Map.of("ci.skip", "")))
                    .isInstanceOf(PushOutcome.Accepted.class);
            int requests = server.requests().size();
            assertThat(clone.push(source, STAGING, MarkedFile.edited(clone, first, "v3"), first, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);

            assertThat(server.requests().subList(requests, server.requests().size()))
                    .as("a push is two requests, without a refused one before")
                    .hasSize(2);
            assertThat(remote.read("staging", "apps/web.yaml")).isEqualTo(MarkedFile.TEXT.replace("v1", "v3"));
            assertThat(remote.messages("staging")).containsExactly("update to v3", "update to v2", "begin\n");
            assertThat(remote.git("diff", "--stat", "main", "staging"))
                    .contains("1 file changed, 1 insertion(+), 1 del");
            remote.git("fsck", "--strict");
        }
    }

    /** What the log does not know is found between the known head and the remote's; a shallow clone has none of it. */
    @ParameterizedTest(name = "the server says that it can leave files out: {0}, and does: {1}")
    @CsvSource({"true, true", "true, false", "false, false"})
    void readsBackTheCommitsThatAreNewerThanAKnownOne(boolean says, boolean does) {
        GitRemote remote = remote();
        remote.git("config", "uploadpack.allowFilter", Boolean.toString(says));
        remote.git("config", "uploadpackfilter.allow", Boolean.toString(does));
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone writer = BareClone.below(folder.resolve("clones"), TestTransports.make());
                BareClone reader = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            String known = fetched(writer, source, MAIN);
            String first = MarkedFile.edited(writer, known, "v2");
            String second = MarkedFile.edited(writer, first, "v3");
            writer.push(source, MAIN, second, known, Map.of());
            String theirs = remote.commit("main", "theirs", Map.of("README", "y"));
            fetched(reader, source, MAIN);

            assertThat(read(reader.history(source, MAIN, known, 1000)))
                    .extracting(FoundCommit::id)
                    .containsExactly(theirs, second, first);
            FoundCommit ours = read(reader.history(source, MAIN, known, 2)).getLast();
            assertThat(ours.automation()).isEqualTo("apps/auto");
            assertThat(ours.selections()).isEqualTo(Map.of("local/ImagePolicy/apps/web", 3L));
            assertThat(ours.message()).isEqualTo("update to v3");
            assertThat(read(reader.history(source, MAIN, null, 1000))).hasSize(4);
            assertThat(read(reader.history(source, MAIN, theirs, 1000))).isEmpty();
            assertThat(read(writer.history(source, MAIN, known, 1000)))
                    .as("from its own clone")
                    .hasSize(2);
            remote.git("fsck", "--strict");
        }
    }

    private static List<FoundCommit> read(HistoryOutcome outcome) {
        return outcome instanceof HistoryOutcome.Read(List<FoundCommit> commits) ? commits : List.of();
    }

    @Test
    void pushesWithABearerToken() {
        GitRemote remote = remote();
        try (GitHttpServer server = GitHttpServer.startWithToken(folder, "t0ken");
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), new Access(new Access.Login.Bearer("t0ken")));

            String main = fetched(clone, source, MAIN);
            PushOutcome pushed = clone.push(source, MAIN, MarkedFile.edited(clone, main, "v2"), main, Map.of());

            assertThat(pushed).isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.read("main", "apps/web.yaml")).contains("v2");
        }
    }

    @Test
    void saysThatThePasswordIsWrongAndWhereItStands() {
        remote();
        try (GitHttpServer server = GitHttpServer.start(folder, "bot", "secret");
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), basic("wrong"));

            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN))))
                    .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                            .startsWith("unable to clone '" + server.url("fleet.git") + "': authentication failed")
                            .contains("GitRepository/apps/fleet"));
        }
    }

    @Test
    void saysThatWriteAccessIsMissing() {
        GitRemote remote = remote();
        remote.git("config", "http.receivepack", "false");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            String main = fetched(clone, source, MAIN);

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, "v2"), main, Map.of()))
                    .isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> assertThat(refused.message())
                            .startsWith("authorization failed")
                            .endsWith("write access"));
        }
    }

    @Test
    void tellsAHooksRefusalWithItsText() throws Exception {
        GitRemote remote = remote();
        Path hook = Files.writeString(
                remote.folder().resolve("hooks/pre-receive"), "#!/bin/sh\necho 'only on Mondays' >&2\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            String main = fetched(clone, source, MAIN);

            assertThat(clone.push(source, MAIN, MarkedFile.edited(clone, main, "v2"), main, Map.of()))
                    .isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> assertThat(refused.message())
                            .contains("command error on refs/heads/main", "hook declined", "only on Mondays"));
        }
    }

    @Test
    void aWriterPausedBetweenEditAndPushDoesNotOverwriteTheOneThatTookItsBranch() {
        GitRemote remote = remote();
        Source source = source(remote.url(), ANONYMOUS);
        try (BareClone first = BareClone.below(folder.resolve("first"), TestTransports.make());
                BareClone second = BareClone.below(folder.resolve("second"), TestTransports.make())) {
            String old = fetched(first, source, MAIN);
            String paused = MarkedFile.edited(first, old, "v2");
            String taken = fetched(second, source, MAIN);
            assertThat(second.push(source, MAIN, MarkedFile.edited(second, taken, "v3"), taken, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);

            PushOutcome resumed = first.push(source, MAIN, paused, old, Map.of());

            assertThat(resumed).isInstanceOf(PushOutcome.Moved.class);
            assertThat(remote.read("main", "apps/web.yaml")).contains("v3");
            assertThat(remote.messages("main")).containsExactly("update to v3", "begin\n");
        }
    }

    @Test
    void createsABranchOnlyIfItStillDoesNotExist() {
        GitRemote remote = remote();
        Source source = source(remote.url(), ANONYMOUS);
        try (BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            String main = fetched(clone, source, MAIN);
            assertThat(clone.heads()).doesNotContainKey(STAGING);
            remote.commit("staging", "theirs", Map.of("apps/web.yaml", MarkedFile.TEXT.replace("v1", "v9")));

            assertThat(clone.push(source, STAGING, MarkedFile.edited(clone, main, "v2"), null, Map.of()))
                    .isInstanceOf(PushOutcome.Moved.class);

            String staging = fetched(clone, source, STAGING);
            assertThat(clone.push(source, STAGING, MarkedFile.edited(clone, staging, "v2"), staging, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.messages("staging")).containsExactly("update to v2", "theirs\n", "begin\n");
        }
    }

    @Test
    void namesTheBranchThatStandsInTheWayOfAnother() {
        remote();
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            String main = fetched(clone, source, MAIN);

            assertThat(clone.push(source, MAIN + "/staging", MarkedFile.edited(clone, main, "v2"), null, Map.of()))
                    .isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> assertThat(refused.message())
                            .contains("the remote has a branch main", "spec.git.push.branch"));
        }
    }

    @Test
    void followsSomebodyElsesCommits() {
        GitRemote remote = remote();
        Source source = source(remote.url(), ANONYMOUS);
        try (BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            fetched(clone, source, MAIN);
            remote.commit("main", "theirs", Map.of("apps/web.yaml", MarkedFile.TEXT + "new: line\n"));

            String head = fetched(clone, source, MAIN);
            clone.push(source, MAIN, MarkedFile.edited(clone, head, "v2"), head, Map.of());

            assertThat(remote.read("main", "apps/web.yaml"))
                    .isEqualTo(MarkedFile.TEXT.replace("v1", "v2") + "new: line\n");
        }
    }

    @Test
    void saysThatTheRepositoryDoesNotExist() {
        try (BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(URI.create("file://" + folder.resolve("nowhere.git")), ANONYMOUS);

            assertThat(clone.fetch(source, Set.of(new Checkout.Ref(MAIN))))
                    .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                            .startsWith("unable to clone 'file://"));
        }
    }

    @Test
    void pushesByRefspecWithAndWithoutForce() {
        GitRemote remote = remote();
        remote.commit("other", "theirs", Map.of("README", "theirs"));
        remote.commit("main", "second", Map.of("README", "second"));
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            String main = fetched(clone, source, MAIN);
            String ours = MarkedFile.edited(clone, main, "v2");
            Refspec review = new Refspec("", MAIN, "refs/for/main", false);

            assertThat(clone.push(source, review, ours, Map.of("topic", "x"))).isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.git("rev-parse", "refs/for/main").strip()).isEqualTo(ours);
            assertThat(clone.push(source, review, ours, Map.of()))
                    .as("nothing to do")
                    .isInstanceOf(PushOutcome.Accepted.class);

            assertThat(clone.push(source, new Refspec("", MAIN, "refs/heads/other", false), ours, Map.of()))
                    .isInstanceOf(PushOutcome.Moved.class);
            remote.git("branch", "behind", "main^");
            assertThat(clone.push(source, MAIN, ours, main, Map.of())).isInstanceOf(PushOutcome.Accepted.class);
            assertThat(clone.push(source, new Refspec("", MAIN, "refs/heads/behind", false), ours, Map.of()))
                    .as("a fast-forward that a shallow clone does not see")
                    .isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.head("behind")).isEqualTo(ours);
            assertThat(clone.push(source, new Refspec("", MAIN, "refs/heads/other", true), ours, Map.of()))
                    .isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.head("other")).isEqualTo(ours);
        }
    }

    @ParameterizedTest(name = "the server gives commits by their ids: {0}")
    @CsvSource({"true", "false"})
    void checksOutACommitThatIsWhereItHasToBe(boolean byId) {
        GitRemote remote = remote();
        String pinned = remote.head("main");
        remote.commit("main", "later", Map.of("README", "later"));
        String elsewhere = remote.commit("other", "elsewhere", Map.of("README", "elsewhere"));
        String nowhere = "0123456789012345678901234567890123456789";
        remote.git("-c", "user.name=x", "-c", "user.email=x@example.org", "tag", "-a", "-m", "x", "v1", pinned);
        String tag = remote.git("rev-parse", "v1").strip();
        String blob = remote.git("rev-parse", "main:README").strip();
        remote.git("config", "uploadpack.allowAnySHA1InWant", Boolean.toString(byId));
        remote.git("config", "protocol.version", byId ? "2" : "0");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);
            Set<Checkout> wanted = Set.of(
                    new Checkout.Ref(STAGING),
                    new Checkout.Commit(pinned, null),
                    new Checkout.Commit(pinned, "main"),
                    new Checkout.Commit(elsewhere, "main"),
                    new Checkout.Commit(nowhere, null),
                    new Checkout.Commit(tag, null),
                    new Checkout.Commit(blob, null));

            assertThat(clone.fetch(source, wanted)).isInstanceOf(FetchOutcome.Fetched.class);

            assertThat(clone.heads()).isEqualTo(Map.of(pinned, pinned, pinned + " of main", pinned));
            String ours = MarkedFile.edited(clone, pinned, "v2");
            assertThat(clone.push(source, STAGING, ours, null, Map.of())).isInstanceOf(PushOutcome.Accepted.class);
            assertThat(remote.git("rev-parse", "staging^").strip()).isEqualTo(pinned);
            remote.git("fsck", "--strict");
        }
    }

    @Test
    void checksOutTheHighestTagOfARangeAndOfThoseThatRankAlikeTheNewest() {
        GitRemote remote = remote();
        remote.git("tag", "1.0.0", "main");
        remote.git("tag", "-a", "-m", "older", "v1.1.0", "main");
        String newest = remote.gitAt(
                        Instant.now().plus(Duration.ofDays(1)),
                        "commit-tree",
                        "-p",
                        "main",
                        "-m",
                        "newer",
                        "main^{tree}")
                .strip();
        remote.git("tag", "1.1.0", newest);
        remote.git("tag", "2.0.0", "main");
        GitRef ref = new GitRef(null, null, "1.x", null, null);
        Checkout range = Checkout.of(ref) instanceof Parsed.Value<Checkout>(Checkout value) ? value : null;
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = source(server.url("fleet.git"), ANONYMOUS);

            assertThat(clone.fetch(source, Set.of(Objects.requireNonNull(range))))
                    .isInstanceOf(FetchOutcome.Fetched.class);

            assertThat(clone.heads()).containsEntry("tag in 1.x", newest);
            remote.git("tag", "1.2.0", "main");
            clone.fetch(source, Set.of(range));
            assertThat(clone.heads()).containsEntry("tag in 1.x", remote.head("main"));
        }
    }
}
