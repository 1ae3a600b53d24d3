package dev.tidemark.flux.cluster;

/** How it stands with the objects of one kind. */
sealed interface KindState {

    /** Nobody has asked yet. */
    record Starting() implements KindState {}

    /** All are known, and every change is seen. */
    record Following(String version) implements KindState {}

    /** They cannot be read until somebody does something; what was read before stays in force. */
    record Unreadable(String remedy) implements KindState {}

    /** The cluster does not know the kind, and need not. */
    record NotThere() implements KindState {}

    /** The API server is away, or says that it cannot answer now. */
    record Away(String fault) implements KindState {}

    /** For people, behind the name of the kind. */
    default String words() {
        return switch (this) {
            case Starting() -> "is not read yet";
            case Following(String version) -> "is followed as " + version;
            case Unreadable(String remedy) -> remedy;
            case NotThere() -> "is no kind of this cluster";
            case Away(String fault) -> "is as it was last seen: " + fault;
        };
    }

    /** Whether nothing more comes by waiting a little. */
    default boolean isSettled() {
        return this instanceof Following || this instanceof Unreadable || this instanceof NotThere;
    }
}
