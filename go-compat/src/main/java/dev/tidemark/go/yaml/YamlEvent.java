package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/** What the parser finds, in the order of the text. Offsets are UTF-16 units from the start of the text. */
public sealed interface YamlEvent {

    /** Where it begins; with its anchor and tag, if it has any. */
    Mark start();

    /**
     * A document begins.
     *
     * @param end behind {@code ---}; the start where it is left out
     * @param explicit whether {@code ---} stands there
     * @param versioned whether a {@code %YAML} directive stands before it
     */
    record DocumentStart(Mark start, int end, boolean explicit, boolean versioned) implements YamlEvent {}

    /** A document ends. */
    record DocumentEnd(Mark start) implements YamlEvent {}

    /**
     * A map begins; keys and values follow in turns.
     *
     * @param anchor without {@code &}
     * @param tag in full, such as {@code tag:yaml.org,2002:map}
     * @param flow written with braces
     */
    record MappingStart(
            Mark start, @Nullable String anchor, @Nullable String tag, boolean flow) implements YamlEvent {}

    /** A list begins; parameters as of a map. */
    record SequenceStart(
            Mark start, @Nullable String anchor, @Nullable String tag, boolean flow) implements YamlEvent {}

    /** The map or list that was begun last ends. */
    record CollectionEnd(Mark start) implements YamlEvent {}

    /**
     * What an anchor names stands here again.
     *
     * @param end behind the name
     * @param name without {@code *}
     */
    record Alias(Mark start, int end, String name) implements YamlEvent {}

    /**
     * A scalar, which may be empty.
     *
     * @param content where it begins without anchor and tag: at the quote, at {@code |} or {@code >}
     * @param end behind its last character or quote; of a block scalar behind the line breaks that end it
     * @param tag in full; {@code !} where it says "no tag"
     * @param untyped plain and without a tag: its text decides what it is
     * @param block of block scalars only
     */
    record Scalar(
            Mark start,
            int content,
            int end,
            ScalarStyle style,
            String value,
            @Nullable String anchor,
            @Nullable String tag,
            boolean untyped,
            @Nullable Block block)
            implements YamlEvent, YamlNode {}

    /**
     * The parts of a block scalar.
     *
     * @param headerEnd the end of the header's line, before its line break; the comment is part of the header
     * @param bodyStart where the line below the header begins
     */
    record Block(int headerEnd, int bodyStart) {}
}
