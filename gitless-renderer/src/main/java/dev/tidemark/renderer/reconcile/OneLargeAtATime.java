package dev.tidemark.renderer.reconcile;

import dev.tidemark.renderer.domain.render.RenderSlots;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Of the renderings that take much memory there is one at a time; small ones run beside it. */
public final class OneLargeAtATime implements RenderSlots {

    private final ReentrantLock large = new ReentrantLock();

    @Override
    public Slot begin() {
        return new Slot() {
            @Override
            public void large() {
                if (!large.isHeldByCurrentThread()) {
                    large.lock();
                }
            }

            /** A virtual thread is never interrupted by others. */
            @Override
            public void others() {
                LockSupport.parkNanos(1);
            }

            @Override
            public void close() {
                if (large.isHeldByCurrentThread()) {
                    large.unlock();
                }
            }
        };
    }
}
