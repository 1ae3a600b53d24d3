package dev.tidemark.flux;

import org.jspecify.annotations.Nullable;

/** {@code latestRef} and {@code observedPreviousRef} of an ImagePolicy. */
public record ImageRef(String name, String tag, @Nullable String digest) {

    /** {@code name:tag[@digest]}: what a setter writes. */
    public String reference() {
        return digest == null || digest.isEmpty() ? nameAndTag() : nameAndTag() + '@' + digest;
    }

    /** {@code name:tag}: the form of {@code latestImage}, never with a digest (flux-git-based 2.4). */
    public String nameAndTag() {
        return name + ':' + tag;
    }
}
