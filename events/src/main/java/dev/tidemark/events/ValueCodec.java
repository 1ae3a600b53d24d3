package dev.tidemark.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON of the values that stores keep: as tolerant of newer builds as the log is. */
public final class ValueCodec<V> {

    private final Class<V> type;

    public ValueCodec(Class<V> type) {
        this.type = type;
    }

    /**
     * A value of a store.
     *
     * @param unread what it held that this build does not understand; null where that is nothing
     */
    public record Stored<V>(V value, @Nullable Unread unread) {}

    /** The value's bytes, what was not understood included. */
    public byte[] write(Stored<V> stored) {
        JsonNode json = LogJson.tree(stored.value());
        return LogJson.bytes(stored.unread() == null ? json : stored.unread().with(json));
    }

    /**
     * Reads a value.
     *
     * @throws UncheckedIOException when nobody can read it
     */
    public Stored<V> read(byte[] bytes) {
        try {
            JsonNode json = LogJson.parse(bytes);
            LogJson.Read<V> read = LogJson.read(json, type);
            return new Stored<>(
                    read.value(), read.noticed().anything() ? new Unread(json, LogJson.tree(read.value())) : null);
        } catch (IOException e) {
            throw new UncheckedIOException("a value of a store cannot be read", e);
        }
    }
}
