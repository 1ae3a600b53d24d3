package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.ServiceAccountContent;
import dev.tidemark.watcher.TestResources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several logins counts (faults W4, flux-git-based 9.2). */
class LoginsTest {

    private final TestResources declared = new TestResources();

    private LoginsTest pullSecrets(String... names) {
        List<LocalRef> references = List.of(names).stream().map(LocalRef::new).toList();
        declared.declare(
                new Resource<>(Kinds.SERVICE_ACCOUNT, metadata("puller"), new ServiceAccountContent(references)));
        return this;
    }

    private LoginsTest secret(String name, String key, String user) {
        String config = user.isEmpty()
                ? "{\"auths\": {\"" + key + "\": {}}}"
                : "{\"auths\": {\"" + key + "\": {\"username\": \"" + user + "\", \"password\": \"p\"}}}";
        var content = new SecretContent("kubernetes.io/dockerconfigjson", null, Map.of(".dockerconfigjson", config));
        declared.declare(new Resource<>(Kinds.SECRET, metadata(name), content));
        return this;
    }

    private static Metadata metadata(String name) {
        return new Metadata("apps", name, Map.of(), Map.of(), "u", 1, "1");
    }

    private Login find(String secret, String authority, String repository) throws RegistryException {
        AccessProfile access =
                new AccessProfile("apps", secret.isEmpty() ? null : secret, "puller", null, false, null, null, false);
        return Logins.find(
                declared.cache(), new AccessSecrets(declared, access.namespace()), access, authority, repository);
    }

    private String user(String authority, String repository) throws RegistryException {
        return switch (find("", authority, repository)) {
            case Login.Password password -> password.user();
            case Login.Anonymous anonymous -> "";
            case Login.IdentityToken token -> "token";
        };
    }

    /** Case peer/08. */
    @Test
    void theMostSpecificKeyOfAllPullSecretsCounts() throws Exception {
        pullSecrets("general", "special")
                .secret("general", "registry.example", "general")
                .secret("special", "registry.example/team/web", "special");
        assertThat(user("registry.example", "team/web")).isEqualTo("special");
        assertThat(user("registry.example", "team/api")).isEqualTo("general");
        assertThat(user("other.example", "team/web")).isEmpty();
    }

    @Test
    void aNameIsMoreSpecificThanAGlob() throws Exception {
        pullSecrets("any", "one", "deep")
                .secret("any", "*.example.com", "any")
                .secret("one", "r1.example.com", "one")
                .secret("deep", "*.example.com/team", "deep");
        assertThat(user("r1.example.com", "o/a")).isEqualTo("one");
        assertThat(user("r1.example.com", "team/a")).isEqualTo("one");
        assertThat(user("r2.example.com", "o/a")).isEqualTo("any");
        assertThat(user("r2.example.com", "team/a")).isEqualTo("deep");
    }

    @Test
    void ofEqualKeysTheFirstSecretCountsAndTheOwnOneComesFirst() throws Exception {
        pullSecrets("a", "b")
                .secret("a", "ghcr.io", "a")
                .secret("b", "https://ghcr.io/v2/", "b")
                .secret("own", "GHCR.io:443", "own");
        assertThat(user("ghcr.io", "o/a")).isEqualTo("a");
        assertThat(find("own", "ghcr.io", "o/a")).isEqualTo(new Login.Password("own", "p", "apps/own"));
    }

    @Test
    void allSpellingsOfDockerHubAreOneRegistry() throws Exception {
        for (String key :
                List.of("https://index.docker.io/v1/", "docker.io", "registry-1.docker.io", "Index.Docker.io:443")) {
            pullSecrets("hub").secret("hub", key, "hub");
            for (String authority : List.of("index.docker.io", "docker.io", "registry-1.docker.io")) {
                assertThat(user(authority, "library/redis"))
                        .as(key + " for " + authority)
                        .isEqualTo("hub");
            }
        }
    }

    @Test
    void anEntryWithoutALoginSaysSo() throws Exception {
        pullSecrets("empty").secret("empty", "ghcr.io", "");
        assertThat(find("", "ghcr.io", "o/a").explain()).contains("entry 'ghcr.io' of Secret 'apps/empty'");
    }
}
