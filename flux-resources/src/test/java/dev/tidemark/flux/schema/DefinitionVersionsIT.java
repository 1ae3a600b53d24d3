package dev.tidemark.flux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.testkit.kube.ApiServer;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of a kind is the same object with all its fields (flux-git-based 2.1). */
class DefinitionVersionsIT {

    private static final String CONDITIONS = """
            conditions:
            - {type: Ready, status: "True", reason: Succeeded, message: all is well, observedGeneration: 1,
               lastTransitionTime: "2026-01-02T03:04:05Z"}
            observedGeneration: 1
            lastHandledReconcileAt: now
            """;

    private ApiServer server;
    private String namespace;

    @BeforeEach
    void install() {
        server = ApiServer.shared();
        server.installDefinitions();
        namespace = server.namespace();
    }

    static Stream<Arguments> everything() {
        return Stream.of(
                Arguments.of(Kinds.IMAGE_REPOSITORY, """
                        image: ghcr.io/my-org/my-app
                        interval: 5m
                        timeout: 30s
                        secretRef: {name: a}
                        serviceAccountName: b
                        certSecretRef: {name: c}
                        proxySecretRef: {name: d}
                        provider: aws
                        insecure: true
                        exclusionList: [e]
                        accessFrom: {namespaceSelectors: [{matchLabels: {f: g}}, {}]}
                        suspend: true
                        """, """
                        canonicalImageName: ghcr.io/my-org/my-app
                        lastScanResult: {revision: "1", tagCount: 2, scanTime: "2026-01-02T03:04:05Z", latestTags: [b, a]}
                        observedExclusionList: [e]
                        """),
                Arguments.of(Kinds.IMAGE_POLICY, """
                        imageRepositoryRef: {name: a, namespace: b}
                        policy: {semver: {range: 1.x}, alphabetical: {order: desc}, numerical: {order: desc}}
                        filterTags: {pattern: c, extract: d}
                        digestReflectionPolicy: Always
                        interval: 10m
                        suspend: true
                        """, """
                        latestImage: a:2
                        latestRef: {name: a, tag: "2", digest: "sha256:2"}
                        observedPreviousImage: a:1
                        observedPreviousRef: {name: a, tag: "1", digest: "sha256:1"}
                        """),
                Arguments.of(Kinds.IMAGE_UPDATE_AUTOMATION, """
                        sourceRef: {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, name: a, namespace: b}
                        git:
                          checkout: {ref: {branch: c, tag: d, semver: e, name: f, commit: g}}
                          commit:
                            author: {email: h, name: i}
                            signingKey: {type: ssh, secretRef: {name: j}}
                            messageTemplate: k
                            messageTemplateValues: {l: m}
                          push: {branch: main, refspec: o, options: {p: q}}
                        interval: 5m
                        policySelector:
                          matchLabels: {r: s}
                          matchExpressions: [{key: t, operator: In, values: [u]}]
                        update: {strategy: Setters, path: v}
                        suspend: true
                        """, """
                        lastAutomationRunTime: "2026-01-02T03:04:05Z"
                        lastPushCommit: a
                        lastPushTime: "2026-01-02T03:04:05Z"
                        observedPolicies: {b: {name: c, tag: d, digest: e}}
                        observedSourceRevision: main@sha1:f
                        """),
                Arguments.of(Kinds.RECEIVER, """
                        type: github
                        interval: 5m
                        events: [push]
                        resources:
                        - {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: "*", namespace: a,
                           matchLabels: {b: c}, filter: "true"}
                        resourceFilter: "true"
                        secretRef: {name: token}
                        suspend: true
                        """, "webhookPath: /hook/a\n"));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void isReadInEveryVersionAsItWasWrittenInTheOldest(Kind<?> kind, String spec, String status) throws IOException {
        create(kind, spec, status);

        for (String version : kind.versions()) {
            JsonNode object = get(kind, version);
            assertThat(object.path("apiVersion").asText()).isEqualTo(kind.group() + '/' + version);
            assertThat(object.path("spec")).as("spec in %s", version).isEqualTo(FluxJson.readYaml(spec));
            assertThat(object.path("status"))
                    .as("status in %s", version)
                    .isEqualTo(FluxJson.readYaml(status + CONDITIONS));
        }
    }

    /** Flux's own definitions have less in their older versions, and a server prunes by the version of the request. */
    @ParameterizedTest
    @MethodSource("everything")
    void anOldClientThatWritesBackWhatItReadLosesNothing(Kind<?> kind, String spec, String status) throws IOException {
        create(kind, spec, status);
        ObjectNode read = (ObjectNode) get(kind, kind.versions().getLast());
        read.withObject("metadata").withObject("labels").put("edited", "yes");

        server.admin().replace(read.toString());

        JsonNode after = get(kind, "v1");
        assertThat(after.at("/metadata/labels/edited").asText()).isEqualTo("yes");
        assertThat(after.path("spec")).isEqualTo(FluxJson.readYaml(spec));
        assertThat(after.path("status")).isEqualTo(FluxJson.readYaml(status + CONDITIONS));
    }

    /** Whoever reads a default sees it in every version alike. */
    @ParameterizedTest
    @MethodSource("everything")
    void aSampleHasEveryFieldOfTheDefinition(Kind<?> kind, String spec, String status) throws IOException {
        Definition definition = Definition.all().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();

        assertThat(FluxJson.readYaml(spec).properties().size())
                .isEqualTo(definition.schema().at("/properties/spec/properties").size()
                        // what goes with another type of Receiver only
                        - (kind.equals(Kinds.RECEIVER) ? 1 : 0));
        assertThat(FluxJson.readYaml(status + CONDITIONS).properties().size())
                .isEqualTo(
                        definition.schema().at("/properties/status/properties").size());
    }

    private void create(Kind<?> kind, String spec, String status) {
        String oldest = kind.versions().getLast();
        server.admin()
                .apply(
                        """
                apiVersion: %s/%s
                kind: %s
                metadata: {name: sample, namespace: %s}
                spec:
                %s
                """.formatted(kind.group(), oldest, kind.name(), namespace, spec.indent(2)),
                        "--validate=strict");
        server.kubectl(
                "patch",
                resource(kind, oldest),
                "sample",
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                "status:\n" + (status + CONDITIONS).indent(2));
    }

    private JsonNode get(Kind<?> kind, String version) throws IOException {
        return FluxJson.json()
                .readTree(server.kubectl("get", resource(kind, version), "sample", "-n", namespace, "-o", "json"));
    }

    private static String resource(Kind<?> kind, String version) {
        return kind.plural() + '.' + version + '.' + kind.group();
    }
}
