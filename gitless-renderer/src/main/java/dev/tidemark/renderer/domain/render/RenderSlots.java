package dev.tidemark.renderer.domain.render;

/** Lets renderings that take much memory or time wait for each other, as whoever runs them decides. */
@FunctionalInterface
public interface RenderSlots {

    /** Nobody renders beside this one. */
    RenderSlots ALONE = () -> new Slot() {
        @Override
        public void large() {}

        @Override
        public void others() {}

        @Override
        public void close() {}
    };

    /** Begins the rendering of one ResourceSet. */
    Slot begin();

    /** One rendering, by one thread. */
    interface Slot extends AutoCloseable {

        /** It takes much memory from here on; may be called again. */
        void large();

        /** It has run for a while: others may go first. */
        void others();

        @Override
        void close();
    }
}
