package dev.tidemark.flux.alert;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** Objects and events that the tests of alerts begin with. */
public final class Told {

    public static final Instant NOW = Instant.parse("2026-11-28T04:05:06.789Z");
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private Told() {}

    /** @param metadata behind {@code name: …, namespace: …} */
    public static <S> Resource<S> resource(Kind<S> kind, String metadata, String spec) {
        String yaml = "{apiVersion: " + kind.apiVersion() + ", kind: " + kind.name() + ", metadata: {" + metadata
                + "}, spec: {" + spec + "}}";
        try {
            var read = (ResourceReader.Outcome.Read) ResourceReader.read(FluxJson.readYaml(yaml));
            return read.resource().as(kind).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Resource<AlertSpec> alert(String spec) {
        return resource(Kinds.ALERT, "name: on-call, namespace: apps", spec);
    }

    public static Resource<?> automation() {
        return resource(
                Kinds.IMAGE_UPDATE_AUTOMATION,
                "name: fleet, namespace: apps, uid: 4711, resourceVersion: '12', labels: {team: a}, annotations:"
                        + " {event.toolkit.fluxcd.io/env: test, other.example/env: x}",
                "interval: 5m, sourceRef: {kind: GitRepository, name: fleet}");
    }

    /** Of a push. */
    public static FluxEvent pushed() {
        return FluxEvent.of(
                automation(),
                EventRecorder.Type.NORMAL,
                "Succeeded",
                "pushed commit '0123456' to branch 'main'\n\nUpdate web to 1.4.2",
                Map.of("commit", COMMIT, "revision", "main@sha1:" + COMMIT),
                NOW,
                "pod-0");
    }

    public static FluxEvent failed(String message) {
        return FluxEvent.of(automation(), EventRecorder.Type.WARNING, "GitOperationFailed", message, Map.of(), NOW, "");
    }
}
