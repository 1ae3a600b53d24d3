/** Resources, status, Secrets and events of a cluster: the one place of this module that speaks to an API server. */
@NullMarked
package dev.tidemark.flux.cluster;

import org.jspecify.annotations.NullMarked;
