package dev.tidemark.gotemplates.exec;

/** What a map key that is not there gives: Go's option {@code missingkey}. */
public enum MissingKey {
    /** No value; printed as {@code <no value>}. Go calls it {@code default} or {@code invalid}. */
    NO_VALUE,
    /** The zero value of the map's element type. */
    ZERO,
    /** The execution fails. */
    ERROR
}
