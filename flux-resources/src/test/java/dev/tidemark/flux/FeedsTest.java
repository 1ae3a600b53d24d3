package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: nginx                                                  | index.docker.io/library/nginx#",
                "image: docker.io/my-org/my-app                                | index.docker.io/my-org/my-app#",
                "image: ghcr.io/o/a, provider: generic                         | ghcr.io/o/a#",
                "image: ghcr.io/o/a, secretRef: {name: creds}                  | ghcr.io/o/a#apps/creds",
                "image: ghcr.io/o/a, serviceAccountName: bot                   | ghcr.io/o/a#apps/;sa=bot",
                "image: ghcr.io/o/a, insecure: true                            | ghcr.io/o/a#apps/;insecure",
                "image: 1.dkr.ecr.eu-west-1.amazonaws.com/a/b, provider: aws, secretRef: {name: ignored}"
                        + " | 1.dkr.ecr.eu-west-1.amazonaws.com/a/b#apps/;provider=aws",
                "image: ghcr.io/o/a, secretRef: {name: s}, serviceAccountName: bot, certSecretRef: {name: c},"
                        + " proxySecretRef: {name: p}, insecure: true"
                        + " | ghcr.io/o/a#apps/s;sa=bot;cert=c;proxy=p;insecure",
            })
    void namesTheFeedOfAnImageRepository(String spec, String feed) throws Exception {
        assertThat(Feeds.ofRepository(resource(Kinds.IMAGE_REPOSITORY, spec + ", interval: 1m")))
                .isInstanceOfSatisfying(
                        Feeds.Outcome.Valid.class,
                        valid -> assertThat(valid.feed().text()).isEqualTo(feed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oci://ghcr.io/o/a                                  | ghcr.io/o/a#",
                "oci://docker.io/redis                              | index.docker.io/library/redis#",
                "oci://ghcr.io/o/a, secretRef: {name: creds}        | ghcr.io/o/a#apps/creds",
                "oci://ghcr.io/o/a, certSecretRef: {name: ca}       | ghcr.io/o/a#apps/;only-cert=ca",
            })
    void namesTheFeedOfAnInputProvider(String url, String feed) throws Exception {
        assertThat(Feeds.ofProvider(resource(Kinds.RESOURCE_SET_INPUT_PROVIDER, "type: OCIArtifactTag, url: " + url)))
                .isInstanceOfSatisfying(
                        Feeds.Outcome.Valid.class,
                        valid -> assertThat(valid.feed().text()).isEqualTo(feed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://ghcr.io/o/a | ImageURLInvalid      | should not include URL scheme; remove 'https://'",
                "ghcr.io/o/a:1.0       | ImageURLInvalid      | should not include a tag; remove ':1.0'",
                "ghcr.io/O/a           | ImageURLInvalid      | could not parse reference",
            },
            quoteCharacter = '`')
    void refusesAnImageAsFluxDoes(String image, String reason, String message) throws Exception {
        assertThat(Feeds.ofRepository(resource(Kinds.IMAGE_REPOSITORY, "interval: 1m, image: '" + image + "'")))
                .isInstanceOfSatisfying(Feeds.Outcome.Invalid.class, invalid -> {
                    assertThat(invalid.reason()).isEqualTo(reason);
                    assertThat(invalid.message()).contains(message);
                });
    }

    @Test
    void refusesWhatCouldNotBeToldApartInAKey() throws Exception {
        assertThat(Feeds.ofRepository(
                        resource(Kinds.IMAGE_REPOSITORY, "interval: 1m, image: ghcr.io/o/a, secretRef: {name: 'a#b'}")))
                .isEqualTo(new Feeds.Outcome.Invalid(
                        "AuthenticationFailed", "failed to configure authentication options: 'a#b' is not a name"));
        assertThat(Feeds.ofRepository(
                        resource(Kinds.IMAGE_REPOSITORY, "interval: 1m, image: ghcr.io/o/a, provider: ibm")))
                .isInstanceOf(Feeds.Outcome.Invalid.class);
        assertThat(Feeds.ofRepository(
                        resource(Kinds.IMAGE_REPOSITORY, "interval: 1m, image: " + "h".repeat(600) + ".io/o/a")))
                .isInstanceOf(Feeds.Outcome.Invalid.class);
    }

    @Test
    void aRegistryAloneIsNoRepository() throws Exception {
        assertThat(Feeds.ofProvider(
                        resource(Kinds.RESOURCE_SET_INPUT_PROVIDER, "type: OCIArtifactTag, url: 'oci://ghcr.io'")))
                .isEqualTo(new Feeds.Outcome.Invalid(
                        "InvalidSpec", "spec.url 'oci://ghcr.io' must have the form 'oci://<registry>/<repository>'"));
    }

    @Test
    void aStaticProviderLooksAtNoRegistry() throws Exception {
        assertThat(Feeds.ofProvider(resource(Kinds.RESOURCE_SET_INPUT_PROVIDER, "type: Static")))
                .isEqualTo(new Feeds.Outcome.NotARegistry("Static"));
    }

    @SuppressWarnings("unchecked")
    private static <S> Resource<S> resource(Kind<S> kind, String spec) throws Exception {
        JsonNode object = FluxJson.readYaml("{apiVersion: " + kind.apiVersion() + ", kind: " + kind.name()
                + ", metadata: {name: app, namespace: apps}, spec: {" + spec + "}}");
        return switch (ResourceReader.read(object)) {
            case ResourceReader.Outcome.Read read -> (Resource<S>) read.resource();
            case ResourceReader.Outcome other -> throw new AssertionError(other);
        };
    }
}
