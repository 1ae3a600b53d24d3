package dev.tidemark.renderer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.renderer.Samples;
import dev.tidemark.renderer.cel.CelExpressions;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.apply.BroughtData;
import dev.tidemark.renderer.domain.apply.Dependencies;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.render.RenderedStep;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Other objects, for their data and as what a set depends on, in a real API server. */
class ClusterDataIT extends AppliedSet {

    private KubeObject brought(KubeObject object) {
        return BroughtData.into(List.of(new RenderedStep("", List.of(object))), new GoYamlDocuments(), store.on(terms))
                .getFirst()
                .objects()
                .getFirst();
    }

    private KubeObject copy() {
        return object("""
                apiVersion: v1
                kind: Secret
                metadata: {name: copy, namespace: %1$s, annotations: {fluxcd.controlplane.io/copyFrom: %1$s/source}}
                """.formatted(namespace)).with(owner.labels(false), Map.of());
    }

    @Test
    void aSecretIsCopiedAsTheSetsAccount() throws InterruptedException {
        server.kubectl(
                "create", "secret", "generic", "source", "-n", namespace, "--from-literal=k=v", "--type=example.com/t");
        server.serviceAccount(namespace, "deployer");
        grant("deployer");
        terms = new SetTerms(owner, "deployer", false);
        assertThatThrownBy(() -> brought(copy()))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("the service account " + namespace + "/deployer may not get secrets");

        server.kubectl("create", "role", "copies", "-n", namespace, "--verb=get,create,patch", "--resource=secrets");
        server.kubectl(
                "create",
                "rolebinding",
                "copies",
                "-n",
                namespace,
                "--role=copies",
                "--serviceaccount=" + namespace + ":deployer");
        looking(brought(copy()));

        assertThat(get("secret", "copy", "{.data.k} {.type}")).isEqualTo("dg== example.com/t");
    }

    @Test
    void aDependencyIsReadAsTheRendererAndNotAsTheSetsAccount() throws InterruptedException {
        server.serviceAccount(namespace, "nobody");
        terms = new SetTerms(owner, "nobody", false);
        assertThat(dependency("ready: true"))
                .isEqualTo(
                        new Dependencies.Outcome.NotReady("dependency Deployment/" + namespace + "/web is not there"));
        server.admin().apply(JsonWriter.compact(deployment().json()));
        assertThat(dependency("ready: false")).isEqualTo(new Dependencies.Outcome.Met());
        assertThat(dependency("ready: true")).isInstanceOf(Dependencies.Outcome.NotReady.class);
        status(1, 1);
        assertThat(dependency("ready: true")).isEqualTo(new Dependencies.Outcome.Met());
        assertThat(dependency("ready: true, readyExpr: 'status.availableReplicas == spec.replicas'"))
                .isEqualTo(new Dependencies.Outcome.Met());
    }

    private Dependencies.Outcome dependency(String more) {
        Resource<ResourceSetSpec> set = Samples.of(Kinds.RESOURCE_SET, """
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSet
                metadata: {name: set, namespace: %1$s}
                spec:
                  resources: []
                  serviceAccountName: nobody
                  dependsOn: [{apiVersion: apps/v1, kind: Deployment, name: web, namespace: %1$s, %2$s}]
                """.formatted(namespace, more));
        return new Dependencies(new CelExpressions(), CrossNamespaceRefs.ALLOWED)
                .check(set, store.ownView().orElseThrow(), Instant.now());
    }
}
