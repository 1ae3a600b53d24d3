package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.FolderWatch.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Ten policies in force, {@code p0} to {@code p9}, each in a file of its name. */
abstract class TenPolicies {

    /** Later than the times of all files. */
    private static final Instant NOW = Instant.parse("2100-11-26T09:30:00Z");

    final SteppedClock clock = new SteppedClock(NOW);
    final List<Change> told = new ArrayList<>();

    @TempDir
    Path folder;

    Path manifests;
    Path state;
    FolderSource source;
    ResourceCache cache;

    @BeforeEach
    void tenPolicies() throws IOException {
        manifests = Files.createDirectory(folder.resolve("manifests"));
        state = folder.resolve("state");
        for (int i = 0; i < 10; i++) {
            write("p" + i + ".yaml", policy("p" + i, "1.x"));
        }
        start();
    }

    /** A process begins anew on the same folders. */
    final void start() {
        source = FolderSource.unwatched(new FolderSource.Settings(List.of(manifests), state, false, ""), clock);
        cache = new ResourceCache(Kinds.all(), List.of(), Runnable::run);
        var unused = source.feed(cache);
        told.clear();
        var unusedToo = cache.onChange(told::addAll);
    }

    void look() {
        source.look(new Seen.Everything());
    }

    void calm() {
        look();
        clock.advance(DeletionGuard.CALM);
        source.look(new Seen.Nothing());
    }

    void confirm() throws IOException {
        Files.createFile(state.resolve("confirmations").resolve(code()));
        source.look(new Seen.Some(Set.of(state.resolve("confirmations"))));
        calm();
    }

    String code() throws IOException {
        return report().path("confirmation").path("code").asText();
    }

    JsonNode report() throws IOException {
        return FluxJson.json().readTree(Files.readString(state.resolve("manifests.json")));
    }

    List<String> waiting() throws IOException {
        var objects = report().path("confirmation").path("objects");
        return IntStream.range(0, objects.size())
                .mapToObj(i -> objects.get(i).asText())
                .toList();
    }

    List<String> kept() throws IOException {
        var kept = report().path("kept");
        return IntStream.range(0, kept.size())
                .mapToObj(i -> kept.get(i).path("object").asText())
                .toList();
    }

    String uid(String name) {
        return cache.find(Kinds.IMAGE_POLICY, "apps", name)
                .orElseThrow()
                .metadata()
                .uid();
    }

    Set<String> names() {
        return cache.all(Kinds.IMAGE_POLICY).stream().map(Resource::name).collect(Collectors.toSet());
    }

    void write(String file, String text) throws IOException {
        Path path = manifests.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    static String policy(String name, String range) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata:
                  name: %s
                  namespace: apps
                spec:
                  imageRepositoryRef: {name: app}
                  policy:
                    semver:
                      range: %s""".formatted(name, range);
    }
}
