package dev.tidemark.renderer.folder;

import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file of an object. Names come from templates, hence from outside: whatever is not a letter, digit, '-' or inner
 * '.' is written as a percent code, so that no name leads out of the folder and no two names share a file.
 */
final class ObjectPaths {

    private static final System.Logger LOG = System.getLogger(ObjectPaths.class.getName());

    /** Cannot be a namespace: an underscore would be encoded. */
    private static final String CLUSTER_SCOPED = "_cluster";

    /** Namespace, kind, name. */
    private static final int DEPTH = 3;

    private final Path folder;

    ObjectPaths(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Makes folders private that an older version made; new ones are. */
    void tighten() {
        try {
            OwnerFiles.tightenFolders(folder, DEPTH);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, folder + " cannot be made private: chmod -R go= it", e);
        }
    }

    /** @throws ObjectStoreException for an object without a kind or name */
    Path of(ObjectId id) {
        if (id.kind().isEmpty() || id.name().isEmpty()) {
            throw new ObjectStoreException(
                    "a rendered " + (id.kind().isEmpty() ? "object" : id.kind())
                            + " has no name that is text: quote it where it looks like a number or boolean",
                    null);
        }
        String namespace = id.namespace().isEmpty() ? CLUSTER_SCOPED : encoded(id.namespace());
        return folder.resolve(namespace).resolve(encoded(id.kind())).resolve(encoded(id.name()) + ".yaml");
    }

    /** Every file of an object. */
    List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ObjectStoreException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || (c == '.' && !text.isEmpty());
            if (plain) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return text.toString();
    }
}
