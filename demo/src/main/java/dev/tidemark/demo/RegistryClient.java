package dev.tidemark.demo;

import java.io.IOException;
import java.util.List;

/** What the scenario does with the registry. */
public interface RegistryClient {

    /** The tags of the demo's image. */
    List<String> tags() throws IOException, InterruptedException;

    /** Pushes a small image under a tag; returns when the registry has acknowledged the manifest. */
    void push(String tag) throws IOException, InterruptedException;
}
