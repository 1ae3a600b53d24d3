package dev.tidemark.renderer.domain.apply;

/** Leave to have an effect, asked for immediately before it. */
@FunctionalInterface
public interface Permission {

    /**
     * Whether the effect may begin now: what it acts on is still this replica's, and still the newest.
     *
     * @throws InterruptedException when the work is cancelled
     */
    boolean isGiven() throws InterruptedException;
}
