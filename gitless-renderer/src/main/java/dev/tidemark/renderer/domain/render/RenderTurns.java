package dev.tidemark.renderer.domain.render;

/** Lets renderings that take much memory or time wait for each other, as whoever runs them decides. */
@FunctionalInterface
public interface RenderTurns {

    /** Nobody renders beside this one. */
    RenderTurns ALONE = () -> new Turn() {
        @Override
        public void large() {}

        @Override
        public void others() {}

        @Override
        public void close() {}
    };

    /** Begins the rendering of one ResourceSet. */
    Turn begin();

    /** One rendering, by one thread. */
    interface Turn extends AutoCloseable {

        /** It takes much memory from here on; may be called again. */
        void large();

        /** It has run for a while: others may go first. */
        void others();

        @Override
        void close();
    }
}
