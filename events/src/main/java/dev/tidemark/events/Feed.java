package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An outside source as seen with one access profile: what a tenant can list, and nobody else's view of it.
 *
 * @param image the canonical repository
 * @param profile namespace and references that give access, for example {@code flux-system/registry-credentials};
 *     empty for anonymous access, the only profile that namespaces share
 */
public record Feed(ImageName image, String profile) implements Comparable<Feed> {

    public Feed {
        if (profile.indexOf('|') >= 0 || profile.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an access profile has neither '|' nor '#': '" + profile + "'");
        }
    }

    /** Reads {@link #text()}. */
    @JsonCreator
    public static Feed parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("not a feed (image#profile): '" + text + "'");
        }
        return new Feed(new ImageName(text.substring(0, hash)), text.substring(hash + 1));
    }

    /** {@code image#profile}, the form used in keys. */
    @JsonValue
    public String text() {
        return image.text() + '#' + profile;
    }

    @Override
    public int compareTo(Feed other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
