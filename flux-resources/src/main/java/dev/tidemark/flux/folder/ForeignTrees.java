package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.go.yaml.YamlBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files lie in a Helm chart or in a kustomize base: as they are they are not what is meant to be declared. A
 * kustomization that only lists its files changes nothing, and they are read as they are.
 */
final class ForeignTrees {

    private static final Set<String> CHANGES_NOTHING =
            Set.of("apiVersion", "kind", "metadata", "resources", "bases", "sortOptions");

    private static final String CHART = "Chart.yaml";

    private final Map<Path, Kustomization> known = new HashMap<>();

    /** @param files that are not to be read, and why, by what makes them foreign */
    record Outcome(Set<Path> files, List<Problem> problems) {}

    private record Kustomization(Stamp stamp, boolean changes, Set<Path> names) {}

    /** Whether a change of this file may make others foreign. */
    static boolean isMarker(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(CHART) || ManifestFiles.KUSTOMIZATIONS.contains(name);
    }

    /** @param files all that were found */
    Outcome among(Map<Path, Stamp> files) {
        Set<Path> foreign = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        Map<Path, Path> kustomizations = new TreeMap<>();
        for (Path file : files.keySet()) {
            String name = String.valueOf(file.getFileName());
            if (name.equals(CHART)) {
                files.keySet().stream()
                        .filter(other -> other.startsWith(folder(file)))
                        .forEach(foreign::add);
                problems.add(
                        ignored(
                                file,
                                "a Helm chart: render it first (helm template), and give what comes out; its files are not read"));
            } else if (ManifestFiles.KUSTOMIZATIONS.contains(name)) {
                kustomizations.putIfAbsent(folder(file), file);
            }
        }
        kustomize(files, kustomizations, foreign, problems);
        return new Outcome(foreign, problems);
    }

    private void kustomize(
            Map<Path, Stamp> files, Map<Path, Path> kustomizations, Set<Path> foreign, List<Problem> problems) {
        known.keySet().retainAll(kustomizations.values());
        Set<Path> claimed = new HashSet<>();
        kustomizations.forEach((folder, file) -> {
            Stamp stamp = files.get(file);
            if (stamp != null && read(file, stamp).changes()) {
                claim(folder, kustomizations, claimed);
            }
        });
        files.keySet().stream()
                .filter(file -> claimed.contains(folder(file)) || claimed.contains(file.normalize()))
                .forEach(foreign::add);
        kustomizations.forEach((folder, file) -> {
            if (foreign.add(file) || claimed.contains(folder)) {
                problems.add(ignored(
                        file,
                        claimed.contains(folder)
                                ? "a kustomize base: build it first (kubectl kustomize), and give what comes out;"
                                        + " its files are not read"
                                : "a kustomize base that only lists files: they are read as they are"));
            }
        });
    }

    /** A folder is claimed with everything that is named there, and there. */
    private void claim(Path folder, Map<Path, Path> kustomizations, Set<Path> claimed) {
        if (!claimed.add(folder)) {
            return;
        }
        Path file = kustomizations.get(folder);
        Kustomization kustomization = file == null ? null : known.get(file);
        if (kustomization != null) {
            for (Path name : kustomization.names()) {
                if (kustomizations.containsKey(name)) {
                    claim(name, kustomizations, claimed);
                } else {
                    claimed.add(name);
                }
            }
        }
    }

    private Kustomization read(Path file, Stamp stamp) {
        Kustomization before = known.get(file);
        if (before != null && before.stamp().equals(stamp)) {
            return before;
        }
        Kustomization now = read(file, stamp, document(file));
        known.put(file, now);
        return now;
    }

    /** One that cannot be read may change anything. */
    private static @Nullable JsonNode document(Path file) {
        try {
            if (Files.size(file) <= ManifestReader.MAX_BYTES) {
                List<ManifestDocument> documents = YamlManifests.read(YamlBytes.decode(Files.readAllBytes(file)));
                return documents.isEmpty() ? null : documents.getFirst().object();
            }
            return null;
        } catch (IOException | YamlManifests.Broken | RuntimeException unreadable) {
            return null;
        }
    }

    private static Kustomization read(Path file, Stamp stamp, @Nullable JsonNode document) {
        if (document == null) {
            return new Kustomization(stamp, true, Set.of());
        }
        Set<Path> names = new HashSet<>();
        boolean changes = false;
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            changes |= !CHANGES_NOTHING.contains(member.getKey());
            for (JsonNode entry : member.getValue()) {
                JsonNode path = entry.isTextual() ? entry : entry.path("path");
                if (path.isTextual()) {
                    add(names, file, path.textValue());
                }
            }
        }
        return new Kustomization(stamp, changes, names);
    }

    private static void add(Set<Path> names, Path file, String path) {
        try {
            names.add(folder(file).resolve(path).normalize());
        } catch (InvalidPathException urlOrPatch) {
            // kustomize names more than files here
        }
    }

    private static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent.normalize();
    }

    private static Problem ignored(Path file, String why) {
        return new Problem(Severity.IGNORED, file.toString(), why);
    }
}
