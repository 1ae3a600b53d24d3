/** A real API server of Kubernetes for tests, with the real kubectl. */
@NullMarked
package dev.tidemark.testkit.kube;

import org.jspecify.annotations.NullMarked;
