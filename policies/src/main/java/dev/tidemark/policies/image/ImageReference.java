package dev.tidemark.policies.image;

import com.google.re2j.Pattern;
import dev.tidemark.policies.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * A repository with a tag or a digest, parsed as go-containerregistry does (spec flux-git-based 9.1).
 *
 * @param tag set unless there is a digest; {@code latest} when none was written
 * @param digest {@code sha256:} and 64 hex digits; wins over a tag written beside it
 * @param original the text as it was read
 */
public record ImageReference(
        RepositoryName repository,
        @Nullable String tag,
        @Nullable String digest,
        String original) {

    private static final String DEFAULT_TAG = "latest";
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Weak validation, the usual way: registry, {@code library/} and tag may be missing. */
    public static Parsed<ImageReference> parse(String text) {
        return parse(text, false);
    }

    /** Registry, full path and tag or digest are required. */
    public static Parsed<ImageReference> parseStrict(String text) {
        return parse(text, true);
    }

    /**
     * {@code ImageRepository.spec.image}: a repository without scheme, tag or digest. The messages are
     * Flux's (spec flux-git-based 20).
     */
    public static Parsed<RepositoryName> parseImageField(String image) {
        int scheme = image.indexOf("://");
        if (scheme >= 0) {
            return Parsed.malformed("image '%1$s' should not include URL scheme; remove '%2$s://'"
                    .formatted(image, image.substring(0, scheme)));
        }
        return parse(image).flatMap(reference -> {
            String registry = reference.repository().registry();
            String path = image.startsWith(registry) ? image.substring(registry.length()) : image;
            int colon = path.indexOf(':');
            return colon < 0
                    ? Parsed.of(reference.repository())
                    : Parsed.malformed(
                            "image '%s' should not include a tag; remove '%s'".formatted(image, path.substring(colon)));
        });
    }

    private static Parsed<ImageReference> parse(String text, boolean strict) {
        Parsed<ImageReference> tagged = parseTagged(text, strict);
        if (tagged instanceof Parsed.Value) {
            return tagged;
        }
        Parsed<ImageReference> digested = parseDigested(text, strict);
        return digested instanceof Parsed.Value ? digested : Parsed.malformed("could not parse reference: " + text);
    }

    private static Parsed<ImageReference> parseTagged(String text, boolean strict) {
        int colon = text.lastIndexOf(':');
        // A colon before the last slash belongs to a port.
        boolean written = colon >= 0 && text.indexOf('/', colon) < 0;
        String tag = written ? text.substring(colon + 1) : strict ? "" : DEFAULT_TAG;
        if (!TAG.matches(tag)) {
            return Parsed.malformed("no valid tag: " + text);
        }
        return RepositoryName.parse(written ? text.substring(0, colon) : text, strict)
                .map(repository -> new ImageReference(repository, tag, null, text));
    }

    private static Parsed<ImageReference> parseDigested(String text, boolean strict) {
        int at = text.indexOf('@');
        if (at < 0 || !DIGEST.matches(text.substring(at + 1))) {
            return Parsed.malformed("no valid digest: " + text);
        }
        String base = text.substring(0, at);
        String digest = text.substring(at + 1);
        Parsed<RepositoryName> repository =
                switch (parseTagged(base, strict)) {
                    case Parsed.Value<ImageReference>(ImageReference tagged) -> Parsed.of(tagged.repository());
                    case Parsed.Malformed<ImageReference> untagged -> RepositoryName.parse(base, strict);
                };
        return repository.map(name -> new ImageReference(name, null, digest, text));
    }

    /** The tag or the digest. */
    public String identifier() {
        return digest != null ? digest : String.valueOf(tag);
    }

    /** The full form, with {@code :tag} or {@code @digest}. */
    public String name() {
        return repository.canonical() + (digest != null ? '@' : ':') + identifier();
    }
}
