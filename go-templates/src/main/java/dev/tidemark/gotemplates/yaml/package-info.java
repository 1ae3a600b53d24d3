/** YAML as Go's sigs.k8s.io/yaml writes it. */
@NullMarked
package dev.tidemark.gotemplates.yaml;

import org.jspecify.annotations.NullMarked;
