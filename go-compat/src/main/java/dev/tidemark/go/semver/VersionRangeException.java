package dev.tidemark.go.semver;

/** A text is no range of versions; the message begins as that of Go's library does. */
public final class VersionRangeException extends RuntimeException {

    VersionRangeException(String problem) {
        super(problem, null, false, false);
    }
}
