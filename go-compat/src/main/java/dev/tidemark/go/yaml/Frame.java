package dev.tidemark.go.yaml;

import org.jspecify.annotations.Nullable;

/** A collection that is being made. */
sealed interface Frame permits ListFrame, MapFrame {

    /** The alias that was expanded to this collection. */
    YamlNode.@Nullable Alias alias();

    /** What is to be made next for it, null at its end. */
    @Nullable
    YamlNode next();

    /** Takes what was made of the last node that it gave. */
    void accept(@Nullable Object part);

    Object value();

    /** The frame that the next node is to be merged into, null if it is a value of its own. */
    @Nullable
    MapFrame mergesInto();

    /** Whether its entries went into the frame around it. */
    boolean merges();
}
