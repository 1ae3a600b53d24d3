package dev.tidemark.runtime.reconcile;

/** Brings one key to what is wanted. Looks at the whole wanted state: being asked carries no content. */
public interface Reconciler<K> {

    /**
     * One run; never two at once of one key. May block.
     *
     * @throws InterruptedException when the run is cancelled, since the key is somebody else's now
     */
    ReconcileResult reconcile(K key, Run run) throws InterruptedException;

    /**
     * Says, in status, event and log, that a run came to no end of its own; it is tried again at {@link Run#nextTry}.
     * What this throws is logged.
     */
    void failed(K key, Throwable fault, Run run);
}
