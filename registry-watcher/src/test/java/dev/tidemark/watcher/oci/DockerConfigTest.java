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
        "docker.io, index.docker.io, library/nginx, true",
        "registry-1.docker.io/v2/, index.docker.io, library/nginx, true",
        "https://GHCR.io:443/, ghcr.io, o/a, true",
        "http://r.acme.io:80, r.acme.io, o/a, true",
        "http://r.acme.io:443, r.acme.io, o/a, false",
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
        assertThat(DockerConfig.parse(config, "s").matching(authority, repository))
                .hasSize(matches ? 1 : 0);
    }

    @Test
    void aLoginNeverShowsItsPassword() {
        assertThat(new Login.Password("u", "hunter2", "s").toString()).doesNotContain("hunter2");
        assertThat(new Login.IdentityToken("hunter2", "s").toString()).doesNotContain("hunter2");
    }
}
