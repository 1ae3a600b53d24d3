package dev.tidemark.runtime.quarkus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The secret that the management listener asks for; whoever may read its file may change things. */
final class ManagementToken {

    /** As many bits as a key has. */
    private static final int BYTES = 32;

    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    private ManagementToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** The token in a file, which is made where it is missing: it stays the same over restarts. */
    static ManagementToken in(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException(file + " is empty: delete it, and a new token is made at the next start");
        }
        tighten(file);
        return new ManagementToken(token);
    }

    private static void tighten(Path file) throws IOException {
        if (isPosix(file)) {
            try {
                Files.setPosixFilePermissions(
                        file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            } catch (FileSystemException notOurs) {
                // A mounted Secret: who mounted it says who may read it.
            }
        }
    }

    /** Services may share the folder and start at once: whoever is first wins, and nobody sees half a file. */
    private static void make(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownerOnly(file));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            // Another service's token is as good.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && file.getFileSystem().equals(FileSystems.getDefault());
    }

    /** Whether this is the value of an {@code Authorization} header with the token; takes the same time for any other. */
    boolean isIn(String authorization) {
        return authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8), token);
    }

    @Override
    public String toString() {
        return "ManagementToken";
    }
}
