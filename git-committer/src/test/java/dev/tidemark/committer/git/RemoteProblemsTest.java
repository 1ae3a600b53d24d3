package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.Access;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone.FetchOutcome;
import dev.tidemark.flux.ResourceId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a remote's words are taken for: a wrong guess sends somebody to the wrong Secret. */
class RemoteProblemsTest {

    private static final Source SOURCE = new Source(
            new ResourceId("GitRepository", "flux-system", "fleet"),
            GitUrls.of("http://127.0.0.1:40101/fleet.git"),
            new Access(new Access.Login.Anonymous(), null),
            Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:40101/fleet.git: git-receive-pack not permitted | authorization failed",
                "http://127.0.0.1:401/fleet.git: 403 Forbidden                    | authorization failed",
                "http://127.0.0.1:40301/fleet.git: not authorized                 | authentication required",
                "http://git.example/403/fleet.git: 401 Unauthorized               | authentication required",
                "http://127.0.0.1:40101/fleet.git: connection failed              | http://127.0.0.1:40101",
            })
    void digitsOfAnAddressAreNoStatus(String answer, String diagnosis) {
        assertThat(new RemoteProblems(SOURCE, new OriginConnections(SOURCE)).ofFetch(new IOException(answer)))
                .isInstanceOfSatisfying(FetchOutcome.Failed.class, failed -> assertThat(failed.message())
                        .startsWith("unable to clone 'http://127.0.0.1:40101/fleet.git': " + diagnosis));
    }
}
