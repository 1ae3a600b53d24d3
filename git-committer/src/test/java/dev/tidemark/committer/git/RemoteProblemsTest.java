package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a remote's words are taken for: a wrong guess sends somebody to the wrong Secret. */
class RemoteProblemsTest {

    private static final Source SOURCE = new Source(
            new ResourceId("GitRepository", "flux-system", "fleet"),
            GitUrls.of("http://127.0.0.1:40101/fleet.git"),
            new Access(new Access.Login.Anonymous()),
            Duration.ofSeconds(1));

    /** Wherever the answer of a hook is cut, no part of the password stands before the cut. */
    @Test
    void masksWhatAHookRepeatsBeforeItIsCut() {
        String password = "hush-".repeat(8);
        Source source = new Source(
                SOURCE.repository(),
                SOURCE.url(),
                new Access(new Access.Login.Basic("robot", password)),
                SOURCE.timeout());
        RemoteProblems problems =
                new RemoteProblems(source, new OriginConnections(source, new OutgoingConnections()), () -> {});
        for (int before = 440; before < 520; before += 7) {
            String says = "x".repeat(before) + ' ' + password + " is no good";
            assertThat(problems.ofUpdate(refused(), says).toString())
                    .contains("command error on refs/heads/main")
                    .doesNotContain("hush");
        }
    }

    private static RemoteRefUpdate refused() {
        try (Repository none = new InMemoryRepository(new DfsRepositoryDescription("none"))) {
            return new RemoteRefUpdate(
                    none, "refs/heads/main", ObjectId.zeroId(), "refs/heads/main", true, null, null) {
                @Override
                public Status getStatus() {
                    return Status.REJECTED_OTHER_REASON;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theLogHasNothingOfWhatJGitTellsByTheWay() throws IOException {
        var settings = new Properties();
        try (InputStream in = RemoteProblems.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(in);
        }
        assertThat(settings).containsEntry("quarkus.log.category.\"org.eclipse.jgit\".level", "WARNING");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:40101/fleet.git: git-receive-pack not permitted | authorization failed",
                "http://127.0.0.1:401/fleet.git: 403 Forbidden                    | authorization failed",
                "http://127.0.0.1:40301/fleet.git: not authorized                 | authentication required",
                "http://git.example/403/fleet.git: 401 Unauthorized               | authentication required",
                "http://127.0.0.1:40101/fleet.git: connection failed              | http://127.0.0.1:40101",
                "index-pack: No space left on device                              | no space left on device: the disk",
            })
    void digitsOfAnAddressAreNoStatus(String answer, String diagnosis) {
        assertThat(new RemoteProblems(SOURCE, new OriginConnections(SOURCE, new OutgoingConnections()), () -> {})
                        .ofFetch(new IOException(answer)))
                .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                        .startsWith("unable to clone 'http://127.0.0.1:40101/fleet.git': " + diagnosis));
    }
}
