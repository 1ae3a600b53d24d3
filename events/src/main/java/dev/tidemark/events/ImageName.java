package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A canonical image repository, {@code registry/path}, without scheme, tag or digest: the unit that partitions follow.
 *
 * @param text for example {@code index.docker.io/library/nginx}
 */
public record ImageName(@JsonValue String text) implements Comparable<ImageName> {

    /** The longest name a registry accepts (host and path), plus slack; a longer one is hostile. */
    static final int MAX_LENGTH = 512;

    @JsonCreator
    public ImageName {
        if (text.length() > MAX_LENGTH || text.indexOf('/') <= 0 || hasSeparator(text)) {
            throw new IllegalArgumentException("not a canonical image name (registry/path): '" + text + "'");
        }
    }

    private static boolean hasSeparator(String text) {
        return text.chars().anyMatch(c -> c == '#' || c == '|' || c == '@' || c <= ' ');
    }

    /** The registry's host and, where given, port. */
    public String registry() {
        return text.substring(0, text.indexOf('/'));
    }

    /** The path below the registry, as used in {@code /v2/<repository>/…}. */
    public String repository() {
        return text.substring(text.indexOf('/') + 1);
    }

    @Override
    public int compareTo(ImageName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
