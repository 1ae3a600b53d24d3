package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Checkout;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.flux.GitRef;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.policies.Parsed;
import dev.tidemark.testkit.GitHttpServer;
import dev.tidemark.testkit.GitRemote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Git lets a tag name anything: what is no commit is the problem of who wants it, and of nobody else. */
class NamedRefsIT {

    private static final String MAIN = "refs/heads/main";

    @TempDir
    private Path folder;

    @Test
    void refusesWhatIsNoCommitByItsNameAndFetchesTheRest() {
        GitRemote remote = GitRemote.create(folder, "fleet");
        String head = remote.commit("main", "begin\n", Map.of("apps/web.yaml", MarkedFile.TEXT, "README", "x"));
        remote.git("tag", "forbidden", "main:README");
        remote.git("tag", "-a", "-m", "a folder", "apps", "main:apps");
        remote.git("tag", "-a", "-m", "a commit", "v1.0.0", "main");
        remote.git("tag", "2.0.0", "main:README");
        Checkout range = range("2.x");
        try (GitHttpServer server = GitHttpServer.start(folder);
                BareClone clone = BareClone.below(folder.resolve("clones"), TestTransports.make())) {
            Source source = new Source(
                    new ResourceId("GitRepository", "apps", "fleet"),
                    GitUrls.of(server.url("fleet.git").toString()),
                    new Access(new Access.Login.Anonymous()),
                    Duration.ofSeconds(30));
            Set<Checkout> wanted = Set.of(
                    new Checkout.Ref(MAIN),
                    new Checkout.Ref("refs/tags/v1.0.0"),
                    new Checkout.Ref("refs/tags/forbidden"),
                    new Checkout.Ref("refs/tags/apps"),
                    new Checkout.Ref("refs/tags/missing"),
                    range);

            String remedy =
                    " and not at a commit, so there is nothing to check out: name a branch, or a tag of a commit, in"
                            + " spec.ref of GitRepository/apps/fleet (or in the automation's spec.git.checkout.ref, where that"
                            + " names it)";
            FetchOutcome.Fetched expected = new FetchOutcome.Fetched(
                    Map.of(MAIN, head, "refs/tags/v1.0.0", head),
                    Map.of(
                            "refs/tags/forbidden",
                            "refs/tags/forbidden points at a file (blob)" + remedy,
                            "refs/tags/apps",
                            "refs/tags/apps points at a folder (tree)" + remedy,
                            range.key(),
                            "refs/tags/2.0.0 points at a file (blob)" + remedy));
            assertThat(clone.fetch(source, wanted)).isEqualTo(expected);
            assertThat(clone.fetch(source, wanted)).as("once more").isEqualTo(expected);
        }
    }

    private static Checkout range(String text) {
        return switch (Checkout.of(new GitRef(null, null, text, null, null))) {
            case Parsed.Value<Checkout>(Checkout range) -> range;
            case Parsed.Malformed<Checkout> malformed -> throw new AssertionError(malformed);
        };
    }
}
