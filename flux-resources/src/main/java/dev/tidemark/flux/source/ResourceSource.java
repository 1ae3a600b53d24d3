package dev.tidemark.flux.source;

import dev.tidemark.flux.Registration;
import dev.tidemark.flux.cache.ResourceCache;

/**
 * Where resources come from: a folder or a cluster. It decides what is deleted: what cannot be read, or is missing where
 * much is missing, stays declared.
 */
public interface ResourceSource {

    /**
     * Gives a cache what is declared of its kinds, and every change from then on. Returns when everything was given, or
     * when the source is away and nothing can be: it is given later then, and the cache says that it is not complete.
     */
    Registration feed(ResourceCache cache);
}
