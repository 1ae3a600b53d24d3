package dev.tidemark.policies.inputs;

import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;

/**
 * Ids of inputs: the decimal Adler-32 of a text. Collisions are routine on version strings ({@code
 * v1.1.20} and {@code v1.10.2}); kept because existing templates build names from them (spec
 * flux-gitless 1.8).
 */
public final class InputId {

    private InputId() {}

    public static String of(String text) {
        Adler32 checksum = new Adler32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toString(checksum.getValue());
    }
}
