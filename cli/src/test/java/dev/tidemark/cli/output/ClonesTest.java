package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.view.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClonesTest {

    private static final Tree REPOSITORY =
            Tree.parse("{kind: GitRepository, metadata: {name: fleet, namespace: apps}, spec: {url: 'https://git'}}");

    private static Tree automation(String name, String conditions) {
        return Tree.parse("""
                kind: ImageUpdateAutomation
                metadata: {name: %s, namespace: apps}
                spec: {sourceRef: {kind: GitRepository, name: fleet}}
                status: {conditions: [%s]}
                """.formatted(name, conditions));
    }

    private static String shown(Tree repository, Tree... automations) {
        Tree ready = ObjectHealth.ready(new Clones(List.of(automations)).shown(repository));
        return ready.text("status") + ' ' + ready.text("message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'True', reason: Succeeded | True cloned by ImageUpdateAutomation apps/a",
                "'False', reason: GitOperationFailed, message: refused | False see ImageUpdateAutomation apps/a (GitOperationFailed)",
                "'False', reason: InvalidPolicySelector | Unknown not cloned yet by ImageUpdateAutomation apps/a",
            })
    void areKnownByWhoeverUsesThem(String ready, String shown) {
        assertThat(shown(REPOSITORY, automation("a", "{type: Ready, status: " + ready + "}")))
                .isEqualTo(shown);
    }

    @Test
    void ofOneThatNobodyUsesNobodyKnows() {
        assertThat(shown(REPOSITORY)).isEqualTo("Unknown no ImageUpdateAutomation uses it");
    }

    @Test
    void oneThatCannotUseItOutweighsOneThatCould() {
        assertThat(shown(
                        REPOSITORY,
                        automation("a", "{type: Ready, status: 'True'}"),
                        automation("b", "{type: Ready, status: 'False', reason: GitOperationFailed}")))
                .isEqualTo("False see ImageUpdateAutomation apps/b (GitOperationFailed)");
    }

    /** Flux's source-controller, in a cluster. */
    @Test
    void whatAControllerSaysOfItStays() {
        Tree said = Tree.parse("""
                kind: GitRepository
                metadata: {name: fleet, namespace: apps}
                status: {conditions: [{type: Ready, status: 'True', message: stored artifact}]}
                """);

        assertThat(shown(said)).isEqualTo("True stored artifact");
    }
}
