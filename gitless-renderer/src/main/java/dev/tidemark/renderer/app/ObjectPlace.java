package dev.tidemark.renderer.app;

import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where rendered objects go.
 *
 * @param owners whose objects are there, as far as the place can tell without being asked about each kind
 */
record ObjectPlace(ObjectStore store, Supplier<Set<Owner>> owners) {}
