/** The steps between versions, and ranges as policies name them; both on {@code dev.tidemark.go.semver}. */
@NullMarked
package dev.tidemark.policies.semver;

import org.jspecify.annotations.NullMarked;
