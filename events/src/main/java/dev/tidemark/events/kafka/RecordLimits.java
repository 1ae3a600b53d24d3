package dev.tidemark.events.kafka;

import dev.tidemark.events.EventCodec;

/**
 * How large records may be, derived from the largest event ({@link EventCodec#MAX_VALUE_BYTES}). Producers, channels,
 * Streams, topics and the embedded broker use these numbers; {@code ChannelContractTest} compares those that stand in
 * files, the provisioner of topics those of topics that exist.
 *
 * <p>Consumers need no number: {@code max.partition.fetch.bytes} and {@code fetch.max.bytes} are no limits, a first
 * record that is larger is delivered all the same.
 */
public final class RecordLimits {

    /** Key and headers beside the value: a few names of resources and a message's trace, with much room. */
    private static final int KEY_AND_HEADERS_BYTES = 1024 * 1024;

    /** The largest record of an event: {@code max.request.size} of its producers, {@code max.message.bytes} of its topics. */
    public static final int EVENT_BYTES = EventCodec.MAX_VALUE_BYTES + KEY_AND_HEADERS_BYTES;

    /** The largest dead letter: the channels copy a value that cannot be read twice into headers. */
    public static final int DEAD_LETTER_BYTES = 3 * EVENT_BYTES + KEY_AND_HEADERS_BYTES;

    private RecordLimits() {}
}
