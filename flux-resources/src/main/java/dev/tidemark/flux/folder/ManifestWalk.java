package dev.tidemark.flux.folder;

import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What there is below some roots, at one moment.
 *
 * @param files the manifests; their stamps are brought up to date where one is edited
 * @param builds what kustomize builds from
 * @param unknown roots and folders that cannot be listed
 * @param folders where a change shows, by their real paths
 * @param shown by its real path, how a file is called below its root
 * @param roots by all their paths
 * @param occupied the manifests and every folder that has one below it
 */
record ManifestWalk(
        Map<Path, Stamp> files,
        Map<Path, Stamp> builds,
        Set<Path> unknown,
        Set<Path> folders,
        Map<Path, Path> shown,
        Set<Path> roots,
        Set<Path> occupied,
        List<Problem> problems) {

    static final ManifestWalk NOWHERE = over(List.of(), false);

    /** @param builds whether a root that is a kustomize base can be built */
    static ManifestWalk over(List<Path> roots, boolean builds) {
        ManifestWalk walk = new ManifestWalk(
                new TreeMap<>(),
                new TreeMap<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashMap<>(),
                new HashSet<>(),
                new HashSet<>(),
                new ArrayList<>());
        roots.forEach(root -> find(root, builds, walk));
        walk.occupy();
        return walk;
    }

    private void occupy() {
        Stream.concat(files.keySet().stream(), builds.keySet().stream()).forEach(file -> {
            Path path = file;
            while (path != null && occupied.add(path)) {
                path = path.getParent();
            }
        });
    }

    private void error(Path where, String why) {
        problems.add(new Problem(Severity.ERROR, where.toString(), why));
    }

    private static void find(Path root, boolean builds, ManifestWalk into) {
        into.roots().add(root.toAbsolutePath().normalize());
        try {
            Path real = root.toRealPath();
            into.roots().add(real);
            nearest(real).ifPresent(into.folders()::add);
            nearest(root).ifPresent(into.folders()::add);
            list(root, builds, into);
        } catch (NoSuchFileException missing) {
            into.unknown().add(root);
            into.error(root, "the folder does not exist: create it");
            nearest(root).ifPresent(into.folders()::add);
        } catch (IOException | RuntimeException e) {
            into.unknown().add(root);
            into.error(root, "cannot be listed: check who may read it");
        }
    }

    private static void list(Path root, boolean builds, ManifestWalk into) throws IOException {
        ManifestFiles.Found found = ManifestFiles.below(root);
        into.folders().addAll(found.folders());
        found.unlisted().forEach((folder, failure) -> {
            into.unknown().add(folder);
            into.error(folder, "cannot be listed: check who may read it");
        });
        Optional<Path> base = ManifestFiles.KUSTOMIZATIONS.stream()
                .map(root::resolve)
                .filter(found.files()::containsKey)
                .findFirst();
        if (base.isPresent() && builds) {
            into.builds()
                    .put(base.get(), Stamp.of(ManifestFiles.all(root).files().values()));
            return;
        }
        base.ifPresent(file -> into.error(
                file,
                "a kustomize base, and neither kubectl nor kustomize is on the PATH: install one of them,"
                        + " or build it first and give what comes out"));
        into.files().putAll(found.files());
        show(root, found, into);
    }

    /** Where it shows that something that is not there has come. */
    private static Optional<Path> nearest(Path missing) {
        for (Path folder = missing.toAbsolutePath().normalize().getParent();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** Notifications name files by their real paths, and a link's target may lie anywhere. */
    private static void show(Path root, ManifestFiles.Found found, ManifestWalk into) throws IOException {
        Path real = root.toRealPath();
        for (Path file : found.files().keySet()) {
            into.shown().put(file.equals(root) ? real : real.resolve(root.relativize(file)), file);
        }
        found.links().forEach((target, link) -> {
            into.shown().put(target, link);
            Path folder = target.getParent();
            if (folder != null) {
                into.folders().add(folder);
            }
        });
    }
}
