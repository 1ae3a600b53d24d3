package dev.tidemark.gotemplates.value;

/** Go's reflect kinds, as far as templates can meet them. */
public enum Kind {
    INVALID("invalid"),
    BOOL("bool"),
    INT("int"),
    INT32("int32"),
    INT64("int64"),
    UINT8("uint8"),
    UINT32("uint32"),
    UINT64("uint64"),
    FLOAT64("float64"),
    COMPLEX128("complex128"),
    STRING("string"),
    SLICE("slice"),
    MAP("map"),
    STRUCT("struct"),
    POINTER("ptr"),
    INTERFACE("interface"),
    FUNC("func");

    private final String goName;

    Kind(String goName) {
        this.goName = goName;
    }

    /** The name that Go's {@code Kind.String} gives. */
    public String goName() {
        return goName;
    }

    public boolean isSigned() {
        return this == INT || this == INT32 || this == INT64;
    }

    public boolean isUnsigned() {
        return this == UINT8 || this == UINT32 || this == UINT64;
    }

    public boolean isInteger() {
        return isSigned() || isUnsigned();
    }
}
