package dev.tidemark.committer.domain;

import dev.tidemark.committer.domain.SigningKey.Format;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.secret.SecretReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that an automation signs with, in a Secret of the automation's own namespace, each time that it is needed:
 * a Secret that was rotated is used from the next run on (flux-git-based 14).
 */
public final class CommitSigning {

    private final SecretReader secrets;
    private final CommitSigner.Keys keys;

    public CommitSigning(SecretReader secrets, CommitSigner.Keys keys) {
        this.secrets = secrets;
        this.keys = keys;
    }

    /** What an automation signs with now. May block. */
    public SigningOutcome of(Resource<ImageUpdateAutomationSpec> automation) {
        ImageUpdateAutomationSpec.SigningKey declared = declared(automation);
        if (declared == null || declared.secretRef() == null) {
            return new SigningOutcome.Unsigned();
        }
        try {
            return new SigningOutcome.Signed(
                    keys.open(key(automation.namespace(), declared.secretRef().name(), format(declared))));
        } catch (SigningException unusable) {
            // perhaps it is mended by now
            secrets.refused(automation.namespace(), declared.secretRef().name());
            return new SigningOutcome.Unusable(
                    PlanException.source(String.valueOf(unusable.getMessage())).problem());
        }
    }

    /** The Secret that an automation signs with; null for none. */
    static @Nullable String secretOf(Resource<ImageUpdateAutomationSpec> automation) {
        ImageUpdateAutomationSpec.SigningKey declared = declared(automation);
        return declared == null || declared.secretRef() == null
                ? null
                : declared.secretRef().name();
    }

    private static ImageUpdateAutomationSpec.@Nullable SigningKey declared(
            Resource<ImageUpdateAutomationSpec> automation) {
        ImageUpdateAutomationSpec.Git git = automation.spec().git();
        return git == null ? null : git.commit().signingKey();
    }

    private static Format format(ImageUpdateAutomationSpec.SigningKey declared) {
        return "ssh".equals(declared.type()) ? Format.SSH : Format.GPG;
    }

    private SigningKey key(String namespace, String name, Format format) throws SigningException {
        SecretContent secret = secrets.get(namespace, name)
                .orElseThrow(() -> new SigningException(
                        "could not find signing key secret '" + name + "': Secret \"" + name + "\" not found"));
        String text = secret.text(format.entry());
        if (text == null) {
            throw new SigningException(
                    "signing key secret '" + name + "' does not contain " + format.namedEntry() + " key");
        }
        return new SigningKey(format, name, text, secret.text(format.passphraseEntry()));
    }
}
