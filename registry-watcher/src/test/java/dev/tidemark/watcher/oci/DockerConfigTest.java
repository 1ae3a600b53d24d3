package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io, o/a, true",
        "https://ghcr.io, ghcr.io, o/a, true",
        "https://index.docker.io/v1/, index.docker.io, library/nginx, true",
        "docker.io, index.docker.io, library/nginx, false",
        "ghcr.io/o, ghcr.io, o/a, true",
        "ghcr.io/o, ghcr.io, other/a, true",
        "ghcr.io/x, ghcr.io, o/a, false",
        "ghcr.io/v2/, ghcr.io, o/a, true",
        "*.acme.io, r.acme.io, a/b, true",
        "*.acme.io, acme.io, a/b, false",
        "*.acme.io, x.r.acme.io, a/b, false",
        "r*y.acme.io, registry.acme.io, a/b, true",
        "registry.acme.io:5000, registry.acme.io, a/b, false",
        "registry.acme.io:5000, registry.acme.io:5000, a/b, true",
    })
    void matchesAsTheKubeletDoes(String key, String authority, String repository, boolean matches) throws Exception {
        String config = "{\"auths\":{\"" + key + "\":{\"username\":\"u\",\"password\":\"p\"}}}";
        assertThat(DockerConfig.parse(config).find(authority, repository, "s").isPresent())
                .isEqualTo(matches);
    }

    @Test
    void theLongerKeyCounts() throws Exception {
        String config = """
                {"auths": {"ghcr.io": {"username": "all", "password": "1"},
                           "ghcr.io/o/a": {"username": "one", "password": "2"}}}
                """;
        assertThat(DockerConfig.parse(config).find("ghcr.io", "o/a", "s"))
                .contains(new Login.Password("one", "2", "s"));
        assertThat(DockerConfig.parse(config).find("ghcr.io", "o/b", "s"))
                .contains(new Login.Password("all", "1", "s"));
    }

    @Test
    void aLoginNeverShowsItsPassword() {
        assertThat(new Login.Password("u", "hunter2", "s").toString()).doesNotContain("hunter2");
        assertThat(new Login.IdentityToken("hunter2", "s").toString()).doesNotContain("hunter2");
    }
}
