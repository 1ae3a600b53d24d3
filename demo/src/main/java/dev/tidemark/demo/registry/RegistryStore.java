package dev.tidemark.demo.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Blobs, manifests and tags as files, so that they are there again after a restart. */
final class RegistryStore {

    private final Path folder;

    RegistryStore(Path folder) {
        this.folder = folder;
    }

    /** @param mediaType what the manifest was pushed as */
    record Manifest(Digest digest, String mediaType, long size) {}

    void putBlob(Digest digest, byte[] content) throws IOException {
        if (!Digest.of(content).equals(digest)) {
            throw new RegistryError(400, "DIGEST_INVALID", "the content is not that of " + digest.text());
        }
        replace(blob(digest), content);
    }

    byte[] blobContent(Digest digest) throws IOException {
        try {
            return Files.readAllBytes(blob(digest));
        } catch (NoSuchFileException e) {
            throw new RegistryError(404, "BLOB_UNKNOWN", digest.text() + " is not here");
        }
    }

    Manifest putManifest(RepositoryPath repository, String reference, String mediaType, byte[] content)
            throws IOException {
        Digest digest = Digest.of(content);
        if (Digest.isDigest(reference) && !digest.text().equals(reference)) {
            throw new RegistryError(400, "DIGEST_INVALID", "the manifest has the digest " + digest.text());
        }
        replace(blob(digest), content);
        replace(manifest(repository, digest), mediaType.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (!Digest.isDigest(reference)) {
            replace(
                    tags(repository).resolve(RepositoryPath.tag(reference)),
                    digest.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return new Manifest(digest, mediaType, content.length);
    }

    Manifest manifest(RepositoryPath repository, String reference) throws IOException {
        try {
            Digest digest = Digest.isDigest(reference)
                    ? new Digest(reference)
                    : new Digest(Files.readString(tags(repository).resolve(RepositoryPath.tag(reference))));
            String mediaType = Files.readString(manifest(repository, digest));
            return new Manifest(digest, mediaType, Files.size(blob(digest)));
        } catch (NoSuchFileException e) {
            throw new RegistryError(404, "MANIFEST_UNKNOWN", repository.text() + " has no " + reference);
        }
    }

    void deleteTag(RepositoryPath repository, String tag) throws IOException {
        if (!Files.deleteIfExists(tags(repository).resolve(RepositoryPath.tag(tag)))) {
            throw new RegistryError(404, "MANIFEST_UNKNOWN", repository.text() + " has no " + tag);
        }
    }

    /** The tags in byte order, as the specification wants them listed. */
    List<String> tagNames(RepositoryPath repository) throws IOException {
        try (Stream<Path> files = Files.list(tags(repository))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".new"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new RegistryError(404, "NAME_UNKNOWN", "nothing was ever pushed to " + repository.text());
        }
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs").resolve(digest.hex());
    }

    private Path tags(RepositoryPath repository) {
        return folder.resolve("repositories").resolve(repository.text()).resolve("_tags");
    }

    private Path manifest(RepositoryPath repository, Digest digest) {
        return folder.resolve("repositories")
                .resolve(repository.text())
                .resolve("_manifests")
                .resolve(digest.hex());
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(UUID.randomUUID() + ".new");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
