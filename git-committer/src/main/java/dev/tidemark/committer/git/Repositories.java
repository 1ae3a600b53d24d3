package dev.tidemark.committer.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes the folders of bare repositories, and removes them. */
final class Repositories {

    private Repositories() {}

    static BoundedRepository create(Path folder, PackLimits limits) throws IOException {
        BoundedRepository repository = new BoundedRepository(folder, limits);
        repository.create(true);
        // a clone lives for a while only; JGit's own broom would hold locks in it, and in the background it does even
        // where
        // there is nothing to sweep
        repository.getConfig().setInt("gc", null, "auto", 0);
        repository.getConfig().setBoolean("gc", null, "autoDetach", false);
        return repository;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (File file :
                    paths.sorted(Comparator.reverseOrder()).map(Path::toFile).toList()) {
                Files.deleteIfExists(file.toPath());
            }
        }
    }
}
