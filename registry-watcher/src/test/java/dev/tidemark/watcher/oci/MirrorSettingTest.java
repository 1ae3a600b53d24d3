package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class MirrorSettingTest {

    @Test
    void isTheAddressOfAHost() {
        assertThatCode(() -> Mirrors.check("docker.io", URI.create("http://127.0.0.1:5000")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Mirrors.check("docker.io", URI.create("http://m/path")))
                .hasMessageContaining("expected a base URL without a path");
    }

    /** Addresses stand in messages, which go into status and log. */
    @Test
    void hasNoLogin() {
        assertThatThrownBy(() -> Mirrors.check("docker.io", URI.create("http://me:s3cret-word@m")))
                .hasMessageContaining("mirrors.\"docker.io\" has a login in its URL")
                .hasMessageNotContaining("s3cret-word");
    }
}
