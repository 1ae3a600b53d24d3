package dev.tidemark.flux;

/** That somebody is told of something; until it is closed. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
