package dev.tidemark.testkit.vectors;

import java.util.List;
import java.util.Map;

/** A JSON value. The runner reads JSON itself, since it runs before anything is built and has nothing but the JDK. */
sealed interface Json {

    record Members(Map<String, Json> byName) implements Json {}

    record Elements(List<Json> list) implements Json {}

    record Text(String text) implements Json {}

    /** A number, true, false or null, as written. */
    record Word(String word) implements Json {}

    /** Thrown for text that is not JSON. */
    final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }
}
