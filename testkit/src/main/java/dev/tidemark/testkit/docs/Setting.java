package dev.tidemark.testkit.docs;

import java.util.Locale;

/**
 * One setting of a service.
 *
 * @param key for example {@code tidemark.policy-evaluator.poll}
 * @param type the Java type as written
 * @param defaultValue empty where there is none
 * @param description the Javadoc's text
 */
public record Setting(String key, String type, String defaultValue, String description) {

    /** The environment variable that sets it, by MicroProfile Config's rule. */
    public String environmentVariable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
