/** The YAML that ResourceSets are defined by: how go-yaml v2 types and prints (flux-gitless 2.4, 6.3). */
@NullMarked
package dev.tidemark.renderer.domain.yaml;

import org.jspecify.annotations.NullMarked;
