package dev.tidemark.runtime;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what this process writes from other users of the machine: status, rendered objects, clones, logs and the
 * broker's segments, whoever of the many libraries writes them.
 */
public final class PrivateFiles {

    /** Folders 0700, files 0600. */
    private static final int NOTHING_FOR_OTHERS = 0077;

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private static final System.Logger LOG = System.getLogger(PrivateFiles.class.getName());

    private PrivateFiles() {}

    /**
     * From now on this process makes files that only its user can read, whatever mask it was started with.
     *
     * @return the mask until now; empty where the operating system has none
     */
    public static Optional<Integer> only() {
        return mask(NOTHING_FOR_OTHERS);
    }

    @SuppressWarnings("restricted") // the one system call that Java has no method for
    static Optional<Integer> mask(int mask) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> umask = linker.defaultLookup().find("umask");
        if (umask.isEmpty()) {
            return Optional.empty();
        }
        try {
            var call = linker.downcallHandle(
                    umask.orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            return Optional.of((int) call.invokeExact(mask));
        } catch (Throwable impossible) {
            throw new IllegalStateException("umask cannot be called", impossible);
        }
    }

    /**
     * Takes away what others may do with a folder and all in it, which may be older than this rule.
     *
     * @return how many files and folders were open to others
     */
    public static int tighten(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            return 0;
        }
        int[] tightened = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                tightened[0] += tightenOne(entered);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                tightened[0] += attributes.isSymbolicLink() ? 0 : tightenOne(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return tightened[0];
    }

    private static int tightenOne(Path path) {
        try {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(path));
            if (!permissions.removeAll(OF_OTHERS)) {
                return 0;
            }
            Files.setPosixFilePermissions(path, permissions);
            return 1;
        } catch (IOException notOurs) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "others on this machine can read " + path + ", which belongs to somebody else: change its owner or"
                            + " its permissions");
            return 0;
        }
    }
}
