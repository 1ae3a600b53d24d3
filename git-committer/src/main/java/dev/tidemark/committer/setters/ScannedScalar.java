package dev.tidemark.committer.setters;

import dev.tidemark.go.yaml.YamlEvent.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A scalar value and what belongs to it.
 *
 * @param comment the comment that belongs to it, with its {@code #}
 * @param item index in a List's items, or -1
 * @param indent column of the collection around it, from 0
 */
record ScannedScalar(Scalar scalar, @Nullable String comment, int item, int indent) {

    int start() {
        return scalar.start().offset();
    }

    String value() {
        return scalar.value();
    }

    int line() {
        return scalar.start().line();
    }
}
