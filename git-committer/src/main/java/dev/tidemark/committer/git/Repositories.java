package dev.tidemark.committer.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

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

    /** Somebody else may delete a part of it meanwhile, as a clone does that ends beside its process. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException why) throws IOException {
                if (why != null && !(why instanceof NoSuchFileException)) {
                    throw why;
                }
                Files.deleteIfExists(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
