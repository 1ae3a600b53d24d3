/**
 * YAML as Go's libraries read it. {@link YamlReader} gives the values of a text, {@link YamlParser} its events with
 * their places. No code here knows Tidemark.
 */
@NullMarked
package dev.tidemark.go.yaml;

import org.jspecify.annotations.NullMarked;
