package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All spellings of a registry are one (faults W3). */
class RegistryHostTest {

    @ParameterizedTest
    @CsvSource({
        "docker.io, index.docker.io",
        "https://index.docker.io/v1/, index.docker.io",
        "registry-1.docker.io, index.docker.io",
        "Docker.IO/, index.docker.io",
        "docker.io:443, index.docker.io",
        "ghcr.io, ghcr.io",
        "https://GHCR.io:443/v2/, ghcr.io",
        "http://r.example:80, r.example",
        "http://r.example:443, r.example:443",
        "r.example:80, r.example:80",
        "r.example.:5000, r.example.:5000",
        "r.example., r.example",
        "localhost:5000/, localhost:5000",
        "[::1]:5000, [::1]:5000",
    })
    void hasOneSpelling(String text, String canonical) {
        assertThat(RegistryHost.canonical(text)).isEqualTo(canonical);
    }
}
