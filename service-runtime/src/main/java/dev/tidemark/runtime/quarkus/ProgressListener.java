package dev.tidemark.runtime.quarkus;

/** Somebody in front of this process, who waits. */
@FunctionalInterface
public interface ProgressListener {

    /** @param words one line for people */
    void tell(String words);
}
