package dev.tidemark.cli.objects;

import java.time.Instant;

/**
 * Something that happened to an object.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param source which service says so
 * @param count how often between the two times
 */
public record Event(
        String kind,
        String namespace,
        String name,
        String type,
        String reason,
        String message,
        String source,
        int count,
        Instant first,
        Instant last) {}
