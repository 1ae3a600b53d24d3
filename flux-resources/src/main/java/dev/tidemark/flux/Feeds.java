package dev.tidemark.flux;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.image.ImageReference;
import dev.tidemark.policies.image.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which feed a resource looks at. The watcher scans it and the evaluator joins policies to it, so both must come to the
 * same one: this is the only place that computes it.
 */
public final class Feeds {

    private static final String OCI_TAGS = "OCIArtifactTag";
    private static final String OCI_SCHEME = "oci://";
    private static final String GENERIC = "generic";
    private static final Set<String> CLOUDS = Set.of("aws", "azure", "gcp");

    /** RFC 1123 subdomain; a name of other form cannot exist on a cluster and could not be told apart in a key. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** What DNS allows, a port included. */
    private static final int MAX_HOST = 253;

    /** What a policy or a provider may declare: far more than anybody writes by hand, and far less than the log takes. */
    public static final int MAX_DECLARED_BYTES = 1024 * 1024;

    private Feeds() {}

    /** What a resource looks at. */
    public sealed interface Outcome {
        record Valid(Feed feed, AccessProfile access) implements Outcome {}

        /**
         * Only a change of the resource helps.
         *
         * @param reason the Ready condition's
         * @param message Flux's wording (flux-git-based 20)
         */
        record Invalid(String reason, String message) implements Outcome {}

        /** An input provider that does not list a registry's tags. */
        record NotARegistry(String type) implements Outcome {}
    }

    /** The feed of an ImageRepository (flux-git-based 4.1, 9.1). */
    public static Outcome ofRepository(Resource<ImageRepositorySpec> repository) {
        ImageRepositorySpec spec = repository.spec();
        return switch (ImageReference.parseImageField(spec.image())) {
            case Parsed.Malformed<RepositoryName>(String why) -> new Outcome.Invalid("ImageURLInvalid", why);
            case Parsed.Value<RepositoryName>(RepositoryName name) ->
                outcome(
                        name,
                        repository.namespace(),
                        spec.secretRef(),
                        spec.serviceAccountName(),
                        spec.certSecretRef(),
                        false,
                        spec.proxySecretRef(),
                        spec.provider(),
                        spec.insecure());
        };
    }

    /** The feed of a ResourceSetInputProvider of type OCIArtifactTag (flux-gitless 1.2, 1.4). */
    public static Outcome ofProvider(Resource<ResourceSetInputProviderSpec> provider) {
        ResourceSetInputProviderSpec spec = provider.spec();
        if (!spec.type().equals(OCI_TAGS)) {
            return new Outcome.NotARegistry(spec.type());
        }
        String url = spec.url() == null ? "" : spec.url();
        if (!url.startsWith(OCI_SCHEME) || url.indexOf('/', OCI_SCHEME.length()) < 0) {
            return new Outcome.Invalid(
                    "InvalidSpec", "spec.url '" + url + "' must have the form 'oci://<registry>/<repository>'");
        }
        return switch (RepositoryName.parseOciAddress(url)) {
            case Parsed.Malformed<RepositoryName>(String why) ->
                new Outcome.Invalid("ReconciliationFailed", "invalid URL '" + url + "': " + why);
            case Parsed.Value<RepositoryName>(RepositoryName name) ->
                outcome(
                        name,
                        provider.namespace(),
                        spec.secretRef(),
                        spec.serviceAccountName(),
                        spec.certSecretRef(),
                        true,
                        null,
                        null,
                        spec.insecure());
        };
    }

    private static Outcome outcome(
            RepositoryName image,
            String namespace,
            @Nullable LocalRef secret,
            @Nullable String serviceAccount,
            @Nullable LocalRef certificates,
            boolean onlyOwnCertificates,
            @Nullable LocalRef proxy,
            @Nullable String provider,
            boolean insecure) {
        if (image.registry().length() > MAX_HOST) {
            return new Outcome.Invalid("ImageURLInvalid", "the registry's name is too long: " + image.canonical());
        }
        String cloud = provider == null || provider.isEmpty() || provider.equals(GENERIC) ? null : provider;
        if (cloud != null && !CLOUDS.contains(cloud)) {
            return new Outcome.Invalid(
                    "AuthenticationFailed",
                    "spec.provider '" + cloud + "' is not known: it is one of generic, aws, azure, gcp");
        }
        // A cloud login leaves no room for a docker config: flux-git-based 9.2.
        String secretName = cloud == null ? name(secret) : null;
        String account = serviceAccount == null || serviceAccount.isEmpty() ? null : serviceAccount;
        String certificatesName = name(certificates);
        String proxyName = name(proxy);
        String wrong = Stream.of(secretName, account, certificatesName, proxyName)
                .filter(n -> n != null && !NAME.matcher(n).matches())
                .findFirst()
                .orElse(null);
        if (wrong != null) {
            return new Outcome.Invalid(
                    "AuthenticationFailed",
                    "failed to configure authentication options: '" + wrong + "' is not a name");
        }
        boolean anonymous = secretName == null
                && account == null
                && certificatesName == null
                && proxyName == null
                && cloud == null
                && !insecure;
        AccessProfile access = anonymous
                ? AccessProfile.ANONYMOUS
                : new AccessProfile(
                        namespace,
                        secretName,
                        account,
                        certificatesName,
                        onlyOwnCertificates && certificatesName != null,
                        proxyName,
                        cloud,
                        insecure);
        return new Outcome.Valid(new Feed(new ImageName(image.canonical()), access.text()), access);
    }

    private static @Nullable String name(@Nullable LocalRef ref) {
        return ref == null || ref.name().isEmpty() ? null : ref.name();
    }

    /** Whether a provider declares more than the evaluation takes: then nothing is ever selected for it. */
    public static boolean isTooLarge(Resource<ResourceSetInputProviderSpec> provider) {
        return bytes(provider.spec()) > MAX_DECLARED_BYTES;
    }

    private static int bytes(Object declared) {
        return FluxJson.json().valueToTree(declared).toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
