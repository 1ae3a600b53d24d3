package dev.tidemark.events;

import java.util.List;

/** What a value of the log says to this build. */
public sealed interface Reading {

    /**
     * An event. What a newer build has put beside what this one knows goes along, see {@link Envelope#keeping}.
     *
     * @param newer members whose value is a constant, or a kind of rule, that only a newer build knows: it stands there as
     *     {@code UNKNOWN} or as {@link PolicyRule.Unsupported}, and nothing is done that depends on it
     */
    record Known(Envelope<?> envelope, List<String> newer) implements Reading {}

    /** An event of a type, or of a version of one, that only a newer build knows: it is passed over, and is no dead letter. */
    record UnknownType(String wireName) implements Reading {}

    /** Nobody can read it: it belongs in the dead-letter topic. */
    record Undecodable(UndecodableException reason) implements Reading {}
}
