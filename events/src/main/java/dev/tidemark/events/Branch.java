package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The unit of writing to Git: a normalised remote and the branch that is pushed to.
 *
 * @param remote without scheme, credentials and a {@code .git} suffix, so that two spellings of one remote are one
 *     branch, for example {@code git.example/org/fleet}
 * @param name the branch, for example {@code staging-image-updates}
 */
public record Branch(String remote, String name) implements Comparable<Branch> {

    public Branch {
        if (remote.isEmpty() || name.isEmpty() || remote.indexOf('#') >= 0) {
            throw new IllegalArgumentException("not a branch: remote '" + remote + "', name '" + name + "'");
        }
    }

    /** Reads {@link #text()}. */
    @JsonCreator
    public static Branch parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("not a branch (remote#name): '" + text + "'");
        }
        return new Branch(text.substring(0, hash), text.substring(hash + 1));
    }

    /** {@code remote#name}, the form used in keys. */
    @JsonValue
    public String text() {
        return remote + '#' + name;
    }

    @Override
    public int compareTo(Branch other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
