/** A cluster to measure on: an API server with its etcd, services as their manifests start them, and what is seen of both. */
@NullMarked
package dev.tidemark.benchmarks.bench.cluster;

import org.jspecify.annotations.NullMarked;
