package dev.tidemark.gotemplates.value;

/**
 * The absence of a value, which Go keeps apart from {@code nil} ({@code null} here): a missing map key is absent and
 * may be asked for fields, {@code nil} may not.
 */
public enum NoValue {
    INSTANCE
}
