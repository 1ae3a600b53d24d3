package dev.tidemark.flux.schema;

import java.util.List;

/**
 * Something in a manifest that the definition of its kind does not have.
 *
 * @param path names and indexes from the root of the object to the member
 * @param severe false where it is only an unknown member, which a cluster drops
 * @param message begins with the path
 */
public record Finding(List<Object> path, boolean severe, String message) {

    /** {@code spec.resources[2].name}. */
    static String text(List<Object> path) {
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
