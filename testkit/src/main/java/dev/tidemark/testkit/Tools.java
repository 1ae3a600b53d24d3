package dev.tidemark.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real programs that tests run. Where one is missing a test says so and is skipped on a person's machine; with
 * {@code CI=true} it fails, since there {@code .ci/run} has installed them.
 */
public final class Tools {

    private Tools() {}

    /** The program's path. */
    public static Path require(String name, String debianPackage) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            lack("the program '" + name + "' (Debian package " + debianPackage + "), which .ci/run installs");
        }
        return found.orElseThrow();
    }

    /** The path of a program that only some people have, and continuous integration need not. */
    public static Path ifThere(String name) {
        Optional<Path> found = find(name);
        Assumptions.assumeTrue(found.isPresent(), "SKIPPED: needs the program '" + name + "'");
        return found.orElseThrow();
    }

    /** The path of one of Kubernetes's own programs, from the folder that {@code KUBEBUILDER_ASSETS} names. */
    public static Path requireOfKube(String name) {
        String folder = System.getenv("KUBEBUILDER_ASSETS");
        if (folder == null || folder.isBlank()) {
            lack(
                    "KUBEBUILDER_ASSETS, the folder with etcd, kube-apiserver and kubectl: .ci/kube-assets/build makes it");
        }
        Path program = Path.of(folder).resolve(name);
        if (!Files.isExecutable(program)) {
            lack("the program '" + name + "' in KUBEBUILDER_ASSETS (" + folder
                    + "), which .ci/kube-assets/build makes");
        }
        return program;
    }

    /**
     * Ends a test that the machine does not allow.
     *
     * @param needed what it needs, to be read behind "needs"
     */
    public static void lack(String needed) {
        String message = "SKIPPED: needs " + needed;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message + "; CI=true allows no skipping");
        }
        Assumptions.abort(message);
    }

    /** Looks in PATH and where Debian keeps daemons and git's own programs. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/lib/git-core"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
