package dev.tidemark.go.yaml;

/** The tags that have a meaning, in full. */
final class Tags {

    static final String PREFIX = "tag:yaml.org,2002:";
    static final String NULL = PREFIX + "null";
    static final String BOOL = PREFIX + "bool";
    static final String INT = PREFIX + "int";
    static final String FLOAT = PREFIX + "float";
    static final String STR = PREFIX + "str";
    static final String TIMESTAMP = PREFIX + "timestamp";
    static final String BINARY = PREFIX + "binary";
    static final String MERGE = PREFIX + "merge";

    /** "Not resolved": text for one library, as without a tag for the other. */
    static final String NONE = "!";

    private Tags() {}
}
