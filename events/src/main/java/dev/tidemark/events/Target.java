package dev.tidemark.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a selection is for: one policy-bearing resource of one cluster.
 *
 * @param cluster name of the cluster, {@code local} unless set
 * @param kind {@code ImagePolicy} or {@code ResourceSetInputProvider}
 */
public record Target(String cluster, String kind, String namespace, String name) implements Comparable<Target> {

    public Target {
        for (String part : new String[] {cluster, kind, namespace, name}) {
            if (part.isEmpty() || part.indexOf('/') >= 0 || part.indexOf('|') >= 0) {
                throw new IllegalArgumentException("a target's parts are non-empty and have neither '/' nor '|': "
                        + cluster + ", " + kind + ", " + namespace + ", " + name);
            }
        }
    }

    /** Reads {@link #text()}. */
    @JsonCreator
    public static Target parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a target (cluster/kind/namespace/name): '" + text + "'");
        }
        return new Target(parts[0], parts[1], parts[2], parts[3]);
    }

    /** {@code cluster/kind/namespace/name}, the form used in keys. */
    @JsonValue
    public String text() {
        return cluster + '/' + kind + '/' + namespace + '/' + name;
    }

    @Override
    public int compareTo(Target other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
