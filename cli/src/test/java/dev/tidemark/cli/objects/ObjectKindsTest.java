package dev.tidemark.cli.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.flux.Kinds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKindsTest {

    @ParameterizedTest
    @CsvSource({
        "imagepolicy, ImagePolicy",
        "ImagePolicy, ImagePolicy",
        "imagepolicies, ImagePolicy",
        "imgpol, ImagePolicy",
        "imagepolicies.image.toolkit.fluxcd.io, ImagePolicy",
        "iua, ImageUpdateAutomation",
        "rsip, ResourceSetInputProvider",
        "resourcesetinputprovider, ResourceSetInputProvider",
        "alerts, Alert",
        "provider, Provider",
        "kustomization, Kustomization",
        "ks, Kustomization",
        "configmaps, ConfigMap",
        "ingresses, Ingress",
    })
    void knowTheNamesPeopleType(String word, String kind) {
        assertThat(ObjectKinds.named(word, List.of("ConfigMap", "Ingress")))
                .extracting(ObjectKind::name)
                .containsExactly(kind);
    }

    @Test
    void haveTheNamesOfTheServedKinds() {
        for (var kind : Kinds.all()) {
            ObjectKinds.SERVED.stream()
                    .filter(known -> known.name().equals(kind.name()))
                    .forEach(known -> {
                        assertThat(known.group()).isEqualTo(kind.group());
                        assertThat(known.names()).contains(kind.plural()).containsAll(kind.shortNames());
                    });
        }
        assertThat(ObjectKinds.SERVED).extracting(ObjectKind::name).allMatch(name -> Kinds.all().stream()
                .anyMatch(kind -> kind.name().equals(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "image policy my-app, imgpol my-app",
        "images repository, imgrepo",
        "image update x, iua x",
        "source git flux-system, gitrepo flux-system",
        "imgpol my-app, imgpol my-app",
        "image, image",
    })
    void readFluxsTwoWords(String words, String joined) {
        assertThat(ObjectKinds.joinTwoWords(List.of(words.split(" ", -1)))).containsExactly(joined.split(" ", -1));
    }

    @Test
    void takeSeveralAndAll() {
        assertThat(ObjectKinds.named("imgpol,imgrepo", List.of()))
                .extracting(ObjectKind::name)
                .containsExactly("ImagePolicy", "ImageRepository");
        assertThat(ObjectKinds.named("all", List.of("Kustomization")))
                .extracting(ObjectKind::name)
                .hasSize(ObjectKinds.SERVED.size() + 1)
                .contains("Kustomization", "Receiver");
    }

    @Test
    void sayWhatThereIs() {
        assertThatThrownBy(() -> ObjectKinds.named("pods", List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "there is no kind 'pods': known are imagerepository (imgrepo, imagerepo), imagepolicy (imgpol, imagepol),");
    }
}
