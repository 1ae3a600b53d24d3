package dev.tidemark.watcher.hook;

import java.util.Set;

/** What a payload says was pushed. A hint only: it says what to ask for first, the registry says what is there. */
sealed interface Claims {

    /** These tags were. */
    record Tags(Set<Claim> tags) implements Claims {}

    /** A registry's event that is understood, and no tag was pushed: a pull, a layer, a deletion. */
    record Nothing() implements Claims {}

    /** It cannot be told from the payload, or it names too much: the registry has to be asked for everything. */
    record Unknown() implements Claims {}
}
