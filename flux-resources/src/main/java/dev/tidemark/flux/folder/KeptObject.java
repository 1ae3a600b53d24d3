package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import java.time.Instant;

/**
 * An object that stays in force although nothing declares it any more.
 *
 * @param where it was declared, file and line
 * @param since when it is missing, or when this process began where it was before
 */
record KeptObject(ResourceId id, String where, Reason reason, Instant since) {

    /** Why it stays. */
    enum Reason {
        /** Its manifest cannot be read. */
        FILE_UNREADABLE("its file cannot be read"),
        /** Something else cannot be read, and may hold it now. */
        SOURCE_UNREADABLE("other manifests cannot be read, and it may be among them"),
        /** Much is missing at once: somebody has to say that it is meant. */
        CONFIRMATION("much is missing at once, or a folder is empty: confirm that it is meant");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
