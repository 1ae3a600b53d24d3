package dev.tidemark.committer.setters;

import java.util.List;

/**
 * A file as upstream's reader sees it.
 *
 * @param documents those that have content
 * @param alone whether no separator line divides the file: only then is a List unwrapped
 */
record ScannedFile(List<ScannedDocument> documents, boolean alone) {}
