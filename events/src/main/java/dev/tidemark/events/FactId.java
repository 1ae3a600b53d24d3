package dev.tidemark.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Deterministic event ids: the same fact has the same id, so that a retry or a replay is recognised as a repetition.
 * The id is a name-based UUID (RFC 9562, version 8) over the type, the event's content and what else tells two equal
 * contents apart.
 */
public final class FactId {

    private FactId() {}

    /** The id of an event; {@code discriminators} where the content alone does not identify the fact. */
    public static String of(Event event, Object... discriminators) {
        MessageDigest sha256 = sha256();
        sha256.update(EventType.of(event).wireName().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(EventCodec.dataBytes(event));
        for (Object discriminator : discriminators) {
            sha256.update((byte) 0);
            sha256.update(discriminator.toString().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer bytes = ByteBuffer.wrap(sha256.digest());
        long high = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
