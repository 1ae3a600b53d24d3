package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.SigningKey.Format;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key an automation signs with (flux-git-based 14). */
class CommitSigningTest {

    private final List<SigningKey> opened = new ArrayList<>();

    private SigningOutcome outcome(String signingKey, String... documents) {
        Manifests manifests = Manifests.of(documents);
        manifests.apply(automation(signingKey));
        CommitSigning signing = new CommitSigning(manifests, key -> {
            opened.add(key);
            return commit -> "signed";
        });
        return signing.of(automation(manifests.cache()));
    }

    private static String automation(String signingKey) {
        return Manifests.AUTOMATION.replace("    commit:\n", "    commit:\n" + signingKey);
    }

    private static Resource<ImageUpdateAutomationSpec> automation(Resources resources) {
        return resources.find(Kinds.IMAGE_UPDATE_AUTOMATION, "apps", "auto").orElseThrow();
    }

    private static String signingKey(String content) {
        return "      signingKey: " + content + "\n";
    }

    @Test
    void signsNothingWithoutAKey() {
        assertThat(outcome("")).isEqualTo(new SigningOutcome.Unsigned());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {secretRef: {name: key}}             | {git.asc: k, passphrase: p, identity: i, password: w} | GPG | k | p
            {secretRef: {name: key}, type: gpg}  | {git.asc: k}                                          | GPG | k |
            {secretRef: {name: key}, type: ssh}  | {git.asc: k, passphrase: p, identity: i, password: w} | SSH | i | w
            """)
    void readsTheKeyOfTheDeclaredType(String declared, String secret, Format format, String text, String passphrase) {
        assertThat(outcome(signingKey(declared), Manifests.secret(secret))).isInstanceOf(SigningOutcome.Signed.class);
        assertThat(opened).containsExactly(new SigningKey(format, "key", text, passphrase));
        assertThat(opened.getFirst()).hasToString("SigningKey(" + format + ", key)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {secretRef: {name: other}}           | could not find signing key secret 'other'
            {secretRef: {name: key}, type: gpg}  | signing key secret 'key' does not contain a 'git.asc' key
            {secretRef: {name: key}, type: ssh}  | signing key secret 'key' does not contain an 'identity' key
            """)
    void saysWhatIsMissing(String declared, String message) {
        assertThat(outcome(signingKey(declared), Manifests.secret("{a: b}")))
                .isInstanceOfSatisfying(SigningOutcome.Unusable.class, unusable -> {
                    assertThat(unusable.problem()).isInstanceOf(PlanOutcome.Failed.class);
                    assertThat(unusable.problem().message())
                            .startsWith("failed configuring source manager: ")
                            .contains(message);
                });
    }

    @Test
    void aChangeOfItsSecretConcernsTheAutomation() {
        Manifests manifests = Manifests.of(automation(signingKey("{secretRef: {name: key}}")));

        assertThat(References.ofSecret(new ResourceId("Secret", "apps", "key"), manifests.cache()))
                .extracting(Resource::name)
                .containsExactly("auto");
        assertThat(References.ofSecret(new ResourceId("Secret", "apps", "other"), manifests.cache()))
                .isEmpty();
    }
}
