package dev.tidemark.renderer.domain.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The annotations of flux-gitless 2.6. */
class BroughtDataTest {

    private static final String TEXT = "dGV4dA==";

    private final LiveObjects there = new LiveObjects();

    private List<KubeObject> brought(KubeObject... objects) {
        return BroughtData.into(List.of(new RenderedStep("", List.of(objects))), new GoYamlDocuments(), there)
                .getFirst()
                .objects();
    }

    private KubeObject brought(String yaml) {
        return brought(Samples.object(yaml)).getFirst();
    }

    private void exists(String yaml) {
        there.make(Samples.object(yaml));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aConfigMapIsFilledFromAnother() {
        exists("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: source, namespace: infra, labels: {a: b}},
                 data: {k: v}, binaryData: {b: dGV4dA==}}""");
        KubeObject copy = brought("""
                {apiVersion: v1, kind: ConfigMap, data: {mine: x},
                 metadata: {name: copy, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: infra/source}}}""");
        assertThat(copy.members("data")).isEqualTo(Map.of("k", "v"));
        assertThat(copy.members("binaryData")).isEqualTo(Map.of("b", TEXT));
        assertThat(copy.label("a")).isEmpty();
    }

    @Test
    void aSecretTakesAllDataAndTheTypeThatItDoesNotSay() {
        exists("""
                {apiVersion: v1, kind: Secret, metadata: {name: source, namespace: infra}, type: kubernetes.io/tls,
                 data: {k: dGV4dA==, other: dGV4dA==}}""");
        KubeObject copy = brought("""
                {apiVersion: v1, kind: Secret, data: {k: bWluZQ==}, stringData: {other: mine, more: mine},
                 metadata: {name: copy, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: infra/source}}}""");
        assertThat(copy.members("data")).isEqualTo(Map.of("k", TEXT, "other", TEXT));
        assertThat(copy.members("stringData")).isEqualTo(Map.of("more", "mine"));
        assertThat(copy.text("type")).isEqualTo("kubernetes.io/tls");
        assertThat(brought("""
                {apiVersion: v1, kind: Secret, type: Opaque,
                 metadata: {name: copy, namespace: apps, annotations: {fluxcd.controlplane.io/copyFrom: infra/source}}}""").text("type")).isEqualTo("Opaque");
    }

    @Test
    void aKubeconfigBecomesAddressAndAuthority() {
        String kubeconfig = "clusters: [{name: one, cluster: {server: 'https://one', certificate-authority-data: %s}}]"
                .formatted(base64("PEM"));
        exists("{apiVersion: v1, kind: Secret, metadata: {name: capi, namespace: infra}, data: {value: %s, other: %s}}"
                .formatted(base64(kubeconfig), base64(kubeconfig.replace("one", "two"))));
        String map = """
                {apiVersion: v1, kind: ConfigMap, data: {%s},
                 metadata: {name: c, namespace: apps, annotations: {fluxcd.controlplane.io/convertKubeConfigFrom: "%s"}}}""";
        assertThat(brought(map.formatted("", "infra/capi")).members("data"))
                .isEqualTo(Map.of("address", "https://one", "ca.crt", "PEM"));
        assertThat(brought(map.formatted("address: mine", "infra/capi:other")).members("data"))
                .isEqualTo(Map.of("address", "mine", "ca.crt", "PEM"));
        assertThatThrownBy(() -> brought(map.formatted("", "infra/capi:none")))
                .hasMessageContaining("Secret/infra/capi has no key none");
        exists("{apiVersion: v1, kind: Secret, metadata: {name: bad, namespace: infra}, data: {value: %s}}"
                .formatted(base64("hidden: [")));
        assertThatThrownBy(() -> brought(map.formatted("", "infra/bad")))
                .hasMessageContaining("holds no kubeconfig")
                .hasMessageNotContaining("hidden");
    }

    /** The vector of the specification; what is rendered goes before what is there. */
    @Test
    void aChecksumStandsBesideItsAnnotationAtAnyDepth() {
        exists(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: app-config, namespace: apps}, data: {greeting: hello}}");
        exists("{apiVersion: v1, kind: Secret, metadata: {name: app-secret, namespace: apps}, data: {token: b2xk}}");
        KubeObject secret = Samples.object("""
                {apiVersion: v1, kind: Secret, metadata: {name: app-secret, namespace: apps}, data: {token: b2xk},
                 stringData: {token: s3cr3t}}""");
        KubeObject deployment = Samples.object("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: apps}
                spec:
                  template:
                    metadata:
                      annotations:
                        fluxcd.controlplane.io/checksumFrom: "ConfigMap/apps/app-config, ,Secret/apps/app-secret"
                """);
        KubeObject marked = brought(deployment, secret).getFirst();
        assertThat(String.valueOf(marked.members("spec")))
                .contains("fluxcd.controlplane.io/checksum="
                        + "sha256:52b4dfcdf689fabba6f3d2d2b31bae935a67b4fbb26c62208555b002aae7bbc2");
        assertThat(marked.annotation("fluxcd.controlplane.io/checksum")).isEmpty();
    }

    @Test
    void withoutSuchAnnotationsNothingIsReadAndNothingChanges() {
        KubeObject plain = Samples.object("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: apps}}");
        assertThat(brought(plain)).containsExactly(plain);
        assertThat(there.news()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            copyFrom              | apps          | 'apps' is not NAMESPACE/NAME
            copyFrom              | apps/a:k      | 'apps/a:k' is not NAMESPACE/NAME
            copyFrom              | apps/none     | ConfigMap/apps/none does not exist
            convertKubeConfigFrom | apps/         | 'apps/' is not NAMESPACE/NAME or NAMESPACE/NAME:KEY
            convertKubeConfigFrom | apps/none     | Secret/apps/none does not exist
            checksumFrom          | Pod/apps/none | 'Pod/apps/none' is neither ConfigMap/NAMESPACE/NAME nor
            checksumFrom          | Secret/apps/x | Secret/apps/x does not exist
            """)
    void whatCannotBeReadIsNamed(String annotation, String value, String message) {
        assertThatThrownBy(() -> brought("""
                {apiVersion: v1, kind: ConfigMap,
                 metadata: {name: c, namespace: apps, annotations: {fluxcd.controlplane.io/%s: "%s"}}}""".formatted(annotation, value)))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("ConfigMap/apps/c, annotation fluxcd.controlplane.io/" + annotation)
                .hasMessageContaining(message);
    }
}
