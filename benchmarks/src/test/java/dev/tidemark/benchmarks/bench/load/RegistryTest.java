package dev.tidemark.benchmarks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Registry registry;

    RegistryTest() throws IOException {
        registry = Registry.start(Runnable::run);
        registry.create("team/app", 2500);
        registry.push("team/app", "1.1.0");
    }

    @AfterEach
    void close() {
        registry.close();
        http.close();
    }

    @Test
    void listsInPagesThatNameTheNextOne() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        String path = "/v2/team/app/tags/list";
        while (!path.isEmpty()) {
            HttpResponse<String> page = ask("GET", path);
            List<String> found = Pattern.compile("\"(1\\.[^\"]+)\"")
                    .matcher(page.body())
                    .results()
                    .map(tag -> tag.group(1))
                    .toList();
            sizes.add(found.size());
            tags.addAll(found);
            Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
            path = next.find() ? next.group(1) : "";
        }

        assertThat(sizes).containsExactly(1000, 1000, 501);
        assertThat(tags).doesNotHaveDuplicates().contains("1.0.2499", "1.1.0");
        assertThat(registry.lists()).isEqualTo(3);
    }

    @Test
    void anEmptyListIsOne() throws Exception {
        registry.create("empty", 0);

        assertThat(ask("GET", "/v2/empty/tags/list").body()).isEqualTo("{\"name\":\"empty\",\"tags\":[]}");
    }

    @Test
    void aManifestHasTheDigestOfItsContentAndHeadSaysTheSame() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/v2/team/app/manifests/1.1.0");
        HttpResponse<String> get = ask("GET", "/v2/team/app/manifests/1.1.0");

        assertThat(head.headers().firstValue("Docker-Content-Digest"))
                .isPresent()
                .isEqualTo(get.headers().firstValue("Docker-Content-Digest"));
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(get.body().length());
        assertThat(ask("HEAD", "/v2/team/app/manifests/1.0.0").headers().firstValue("Docker-Content-Digest"))
                .isNotEqualTo(head.headers().firstValue("Docker-Content-Digest"));
        assertThat(registry.manifests()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(ask("HEAD", "/v2/team/app/manifests/9").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/v2/team/other/tags/list").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registry.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
