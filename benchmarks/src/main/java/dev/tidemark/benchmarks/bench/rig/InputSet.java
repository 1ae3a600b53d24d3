package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A ResourceSet with a ConfigMap for each of its inputs. */
public record InputSet(Path manifests, Path state, int inputs) {

    /** The value of inputs that nobody edited. */
    public static final String FIRST = "first";

    /** Writes the manifest with another value of one input, at once. */
    public void write(int edited, String value) throws IOException {
        StringBuilder text = new StringBuilder("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: many, namespace: apps}
                spec:
                  inputs:
                """);
        for (int input = 0; input < inputs; input++) {
            text.append("  - {name: \"input-" + input + "\", value: \"" + (input == edited ? value : FIRST) + "\"}\n");
        }
        text.append("""
                  resources:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: << inputs.name >>, namespace: apps}
                    data: {value: "<< inputs.value >>"}
                """);
        Path draft = manifests.resolve(".many.yaml.new");
        Files.writeString(draft, text);
        Files.move(
                draft,
                manifests.resolve("many.yaml"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the object of an input has this value. */
    public boolean shows(int input, String value) throws IOException {
        try {
            return Files.readString(state.resolve("objects/apps/ConfigMap/input-" + input + ".yaml"))
                    .contains("value: " + value + '\n');
        } catch (NoSuchFileException none) {
            return false;
        }
    }
}
