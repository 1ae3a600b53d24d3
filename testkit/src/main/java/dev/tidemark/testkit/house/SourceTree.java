package dev.tidemark.testkit.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The text files of the project, without what the build makes. */
public record SourceTree(List<SourceFile> files) {

    /** The four services: the modules whose framework share and wiring the rules look at. */
    public static final Set<String> SERVICES =
            Set.of("registry-watcher", "policy-evaluator", "git-committer", "gitless-renderer");

    private static final Set<String> KEPT_HIDDEN_FOLDERS = Set.of(".ci", ".mvn");
    private static final String BUILD_OUTPUT = "target";

    /** In a linked work tree a file and not a folder. */
    private static final String GIT = ".git";

    /** Recorded test data may be larger; nobody writes such a file by hand. */
    private static final long LARGEST_FILE = 1_000_000;

    /** The root of the project, from the system property {@code tidemark.root} that the build sets. */
    public static Path root() {
        String root = System.getProperty("tidemark.root");
        if (root == null) {
            throw new IllegalStateException("the system property tidemark.root names no folder: run this with ./mvnw");
        }
        return Path.of(root);
    }

    /** Reads the project below {@code root}. */
    public static SourceTree read(Path root) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(root) || isSource(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && attributes.size() <= LARGEST_FILE && !file.endsWith(GIT)) {
                        text(file)
                                .ifPresent(text -> files.add(SourceFile.of(
                                        root.relativize(file).toString().replace('\\', '/'), text)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the sources below " + root + " cannot be read", e);
        }
        return new SourceTree(List.copyOf(files));
    }

    private static boolean isSource(String folder) {
        return !folder.equals(BUILD_OUTPUT) && (!folder.startsWith(".") || KEPT_HIDDEN_FOLDERS.contains(folder));
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    public Stream<SourceFile> java() {
        return files.stream().filter(SourceFile::isJava);
    }

    public Stream<SourceFile> mainJava() {
        return files.stream().filter(SourceFile::isMainJava);
    }

    public Stream<SourceFile> testJava() {
        return files.stream().filter(SourceFile::isTestJava);
    }
}
