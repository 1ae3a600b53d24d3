package dev.tidemark.committer.setters;

/** A file that is left as it is; the message says why, for a person. */
final class UneditableException extends Exception {

    private final int line;

    /** @param line where the problem is; 0 for the whole file */
    UneditableException(int line, String problem) {
        super(problem, null, false, false);
        this.line = line;
    }

    MarkerSummary.Skip skip() {
        return new MarkerSummary.Skip(line, String.valueOf(getMessage()));
    }
}
