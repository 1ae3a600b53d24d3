package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.committer.domain.GitUrl;
import dev.tidemark.events.Branch;
import dev.tidemark.policies.Parsed;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Any text as a Git URL: a value that has a name and an address, or one sentence that says what is wrong. */
class GitUrlFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void urls(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        switch (GitUrl.parse(text)) {
            case Parsed.Value<GitUrl>(GitUrl url) -> {
                assertThat(new Branch(url.remote(), "main").text()).endsWith("#main");
                assertThat(URI.create(url.address()).getRawPath()).isEqualTo(url.path());
                assertThat(GitUrl.parse(url.address()))
                        .as("the address names the same remote, without a login")
                        .isInstanceOfSatisfying(Parsed.Value.class, again -> {
                            GitUrl same = (GitUrl) again.value();
                            assertThat(same.remote()).isEqualTo(url.remote());
                            assertThat(same.user()).isNull();
                        });
            }
            case Parsed.Malformed<GitUrl>(String message) ->
                assertThat(message).doesNotContainPattern("\\p{Cc}").hasSizeLessThan(1000);
        }
    }
}
