package dev.tidemark.flux.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the server refuses, with words that say what to do. Where a folder refuses a manifest, the server refuses the object;
 * it also refuses at once what a folder takes and then says by a condition.
 */
class DefinitionRefusalsIT {

    private ApiServer server;

    @BeforeEach
    void install() {
        server = ApiServer.shared();
        server.installDefinitions();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ImageRepository | interval: 5m | spec.image: Required value
            ImageRepository | image: a, interval: 5 | spec.interval
            ImageRepository | image: a, interval: 1d | spec.interval in body should match
            ImageRepository | image: a, interval: 5m, timeout: 1h | spec.timeout in body should match
            ImageRepository | image: a, interval: 5m, provider: ibm | supported values: "generic", "aws", "azure", "gcp"
            ImageRepository | image: a, interval: 5m, insecure: 'true' | spec.insecure
            ImageRepository | image: a, interval: 5m, secretRef: {} | spec.secretRef.name: Required value
            ImageRepository | image: a, interval: 5m, accessFrom: {} | spec.accessFrom.namespaceSelectors: Required value
            ImagePolicy | imageRepositoryRef: {name: a} | spec.policy: Required value
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {semver: {}} | spec.policy.semver.range: Required value
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {numerical: {order: up}} | supported values: "asc", "desc"
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}, interval: 5m | spec.interval is only accepted when spec.digestReflectionPolicy is set to 'Always'
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}, digestReflectionPolicy: Never, interval: 5m | spec.interval is only accepted when spec.digestReflectionPolicy is set to 'Always'
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}, digestReflectionPolicy: Always | spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'
            ImageUpdateAutomation | interval: 5m | spec.sourceRef: Required value
            ImageUpdateAutomation | interval: 5m, sourceRef: {kind: Bucket, name: a} | supported values: "GitRepository"
            ImageUpdateAutomation | interval: 5m, sourceRef: {name: a}, git: {} | spec.git.commit: Required value
            ImageUpdateAutomation | interval: 5m, sourceRef: {name: a}, git: {commit: {author: {name: b}}} | spec.git.commit.author.email: Required value
            ImageUpdateAutomation | interval: 5m, sourceRef: {name: a}, update: {strategy: Guess} | supported values: "Setters"
            Receiver | type: gitea, secretRef: {name: t}, resources: [{kind: A, name: a}] | supported values: "generic"
            Receiver | type: github, secretRef: {name: t} | spec.resources: Required value
            ResourceSetInputProvider | type: OCITag | supported values: "OCIArtifactTag"
            ResourceSetInputProvider | type: OCIArtifactTag | spec.url is required for every type but Static and ExternalArtifact
            ResourceSetInputProvider | type: Static, url: oci://ghcr.io/a | spec.url does not go with the types Static and ExternalArtifact; remove it
            ResourceSetInputProvider | type: OCIArtifactTag, url: https://ghcr.io/a | write for example oci://ghcr.io/my-org/my-app
            ResourceSetInputProvider | type: OCIArtifactTag, url: ghcr.io/a | spec.url in body should match
            ResourceSetInputProvider | type: GitHubTag, url: oci://ghcr.io/a | spec.url of the Git types has to begin with https:// or http://
            ResourceSetInputProvider | type: AWSCodeCommitTag, url: http://a.example/b | spec.url of the AWSCodeCommit types has to begin with https://
            ResourceSetInputProvider | type: GitHubTag, url: https://github.com/a/b, insecure: true | spec.insecure goes with the types OCIArtifactTag and ExternalService only
            ResourceSetInputProvider | type: ExternalArtifact | spec.selectors needs at least one entry for type ExternalArtifact
            ResourceSetInputProvider | type: Static, selectors: [{name: a}] | spec.selectors goes with type ExternalArtifact only
            ResourceSetInputProvider | type: OCIArtifactTag, url: oci://ghcr.io/a/b, filter: {limit: 10001} | spec.filter.limit in body should be less than or equal to 10000
            ResourceSetInputProvider | type: OCIArtifactTag, url: oci://ghcr.io/a/b, schedule: [{window: 1h}] | spec.schedule[0].cron: Required value
            ResourceSetInputProvider | type: OCIArtifactTag, url: oci://ghcr.io/a/b, interval: often | spec.interval in body should match
            ResourceSetInputProvider | type: OCIArtifactTag, url: oci://ghcr.io | write for example oci://ghcr.io/my-org/my-app
            ResourceSetInputProvider | type: ExternalService, url: http://a.example | or with http:// where spec.insecure is true
            ResourceSetInputProvider | type: GitHubTag, url: https://github.com/a/b, serviceAccountName: a | spec.serviceAccountName goes with
            ResourceSetInputProvider | type: ECRArtifactTag, url: oci://ghcr.io/a/b, secretRef: {name: a} | spec.secretRef does not go with this type; remove it
            ResourceSetInputProvider | type: AzureDevOpsTag, url: https://dev.azure.com/a, certSecretRef: {name: a} | spec.certSecretRef does not go with this type; remove it
            ResourceSetInputProvider | type: ExternalArtifact, selectors: [{name: a, matchLabels: {b: c}}] | a selector has either name or matchLabels and matchExpressions
            ResourceSet | steps: [{name: a, resourcesTemplate: a}, {name: a, resourcesTemplate: b}] | Duplicate value
            ResourceSet | wait: true | spec needs resources, resourcesTemplate or steps
            ResourceSet | resourcesTemplate: a, steps: [{name: a, resourcesTemplate: a}] | spec.steps does not go together with spec.resources or spec.resourcesTemplate
            ResourceSet | steps: [] | spec.steps in body should have at least 1 items
            ResourceSet | steps: [{name: a}] | a step needs resources or resourcesTemplate
            ResourceSet | steps: [{name: A, resourcesTemplate: a}] | spec.steps[0].name in body should match
            ResourceSet | resources: [], inputsFrom: [{kind: ResourceSetInputProvider}] | an entry of spec.inputsFrom needs either name or selector
            ResourceSet | resources: [], inputsFrom: [{name: a, selector: {}}] | an entry of spec.inputsFrom needs either name or selector
            ResourceSet | resources: [], inputStrategy: {name: Zip} | supported values: "Flatten", "Permute"
            ResourceSet | resources: [], inputStrategy: {name: Flatten, includeEmptyProviders: true} | includeEmptyProviders goes with the strategy Permute only
            ResourceSet | resources: [], dependsOn: [{kind: A, name: a}] | spec.dependsOn[0].apiVersion: Required value
            """)
    void whatAFolderRefusesTheServerRefuses(String kind, String spec, String message) throws IOException {
        assertThat(refusal(kind, spec)).contains(message);

        assertThat(SchemaCheck.check(FluxJson.readYaml(manifest(kind, spec)), Schemas.of(kind(kind)), false))
                .as("what a folder says")
                .anyMatch(Finding::severe);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Receiver | type: github, resources: [{kind: A, name: a}] | spec.secretRef is required for every type but generic-oidc; name a Secret with the key token
            Receiver | type: generic-oidc, secretRef: {name: t}, resources: [{kind: A, name: a}] | spec.secretRef does not go with type generic-oidc; remove it
            Receiver | type: github, secretRef: {name: t}, resources: [{kind: A, name: a}], oidcProviders: [{issuerURL: a}] | spec.oidcProviders goes with type generic-oidc only
            """)
    void theServerRefusesMore(String kind, String spec, String message) {
        assertThat(refusal(kind, spec)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ImageRepository | image: 'https://ghcr.io/a:1', interval: 1h30m
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}, digestReflectionPolicy: IfNotPresent
            ImageUpdateAutomation | interval: 5m, sourceRef: {name: a}
            Receiver | type: generic-oidc, resources: [{kind: A, name: a}], oidcProviders: [{issuerURL: 'https://a'}]
            ResourceSetInputProvider | type: Static
            ResourceSetInputProvider | type: Static, defaultValues: {a: 1, b: [true], c: {d: e}}
            ResourceSetInputProvider | type: OCIArtifactTag, url: 'oci://ghcr.io/a', insecure: true, serviceAccountName: a, secretRef: {name: a}, certSecretRef: {name: a}
            ResourceSetInputProvider | type: OCIArtifactTag, url: 'oci://ghcr.io/a', filter: {limit: -1}
            ResourceSetInputProvider | type: ExternalService, url: 'http://a.example', insecure: true
            ResourceSetInputProvider | type: ExternalArtifact, serviceAccountName: a, selectors: [{namespace: '*', matchLabels: {a: b}}]
            ResourceSet | inputs: [{a: 1, b: [true], c: {d: e}}], resources: [{a: {b: '<< inputs.a >>'}}]
            ResourceSet | steps: [{name: a, resources: []}, {name: b, resourcesTemplate: a, timeout: 1m}]
            ResourceSet | resourcesTemplate: '', inputsFrom: [{selector: {}}], inputStrategy: {name: Permute, includeEmptyProviders: true}
            """)
    void whatIsRightIsTaken(String kind, String spec) throws IOException {
        JsonNode manifest = FluxJson.readYaml(manifest(kind, spec));

        assertThat(attempt(manifest.toString()).error()).doesNotContain("rror");
        assertThat(SchemaCheck.check(manifest, Schemas.of(kind(kind)), false)).isEmpty();
    }

    /** Strict is what kubectl asks for by itself: a misspelt field is refused, not dropped. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ImagePolicy | imageRepositoryRef: {name: a}, policy: {}, filterTag: {pattern: a} | unknown field "spec.filterTag"
            ResourceSetInputProvider | type: OCIArtifactTag, url: oci://ghcr.io/a/b, filter: {semVer: 1.x} | unknown field "spec.filter.semVer"
            """)
    void aMisspeltFieldIsRefused(String kind, String spec, String message) {
        assertThat(refusal(kind, spec)).contains(message);
    }

    private String refusal(String kind, String spec) {
        ClusterProgram.Answer answer = attempt(manifest(kind, spec));
        assertThat(answer.exit()).as(answer.output()).isNotZero();
        return answer.error();
    }

    private ClusterProgram.Answer attempt(String manifest) {
        return server.admin().attempt(manifest, "create", "--dry-run=server", "--validate=strict", "-f", "-");
    }

    private static String manifest(String kind, String spec) {
        return """
                apiVersion: %s/v1
                kind: %s
                metadata: {name: sample, namespace: default}
                spec: {%s}
                """.formatted(Definition.group(kind), kind, spec);
    }

    private static Kind<?> kind(String name) {
        return Kinds.all().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
