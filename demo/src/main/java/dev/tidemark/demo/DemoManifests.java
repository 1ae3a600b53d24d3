package dev.tidemark.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Writes what the examples expect to be there already. */
final class DemoManifests {

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: %s
              namespace: %s
            type: kubernetes.io/dockerconfigjson
            stringData:
              .dockerconfigjson: '%s'
            """;

    private DemoManifests() {}

    static void write(DemoFolder folder, DemoSecrets secrets) throws IOException {
        Files.createDirectories(folder.manifests());
        String namespace = Scenario.NAMESPACE;
        Map<String, String> files = Map.of(
                "registry-credentials.yaml",
                        SECRET.formatted("registry-credentials", namespace, secrets.dockerConfig()),
                "registry-auth.yaml", SECRET.formatted("registry-auth", namespace, secrets.dockerConfig()),
                "gitrepository.yaml", source(folder.fleet()),
                "receiver.yaml", receiver(secrets));
        for (Map.Entry<String, String> file : files.entrySet()) {
            writePrivately(folder.manifests().resolve(file.getKey()), file.getValue());
        }
    }

    private static String source(Path fleet) {
        return """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: flux-system
              namespace: %s
            spec:
              interval: 5m
              url: %s
              ref:
                branch: %s
            """.formatted(Scenario.NAMESPACE, url(fleet), Scenario.MAIN_BRANCH);
    }

    private static String receiver(DemoSecrets secrets) {
        return """
            apiVersion: v1
            kind: Secret
            metadata:
              name: receiver-token
              namespace: %1$s
            stringData:
              token: %3$s
            ---
            apiVersion: notification.toolkit.fluxcd.io/v1
            kind: Receiver
            metadata:
              name: %2$s
              namespace: %1$s
            spec:
              type: generic
              secretRef:
                name: receiver-token
              resources:
                - apiVersion: image.toolkit.fluxcd.io/v1
                  kind: ImageRepository
                  name: my-app
                - apiVersion: fluxcd.controlplane.io/v1
                  kind: ResourceSetInputProvider
                  name: app-image-tag
            """.formatted(Scenario.NAMESPACE, DemoSecrets.RECEIVER, secrets.token());
    }

    /** {@code file:///…}: {@code Path.toUri} alone gives the form with one slash that not every Git takes. */
    private static String url(Path path) {
        return "file://" + path.toUri().getRawPath();
    }

    /** Only the owner may read a password, also in the moment of writing; readers see the old file or the new one. */
    static void writePrivately(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
