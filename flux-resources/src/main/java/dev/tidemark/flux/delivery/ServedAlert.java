package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.time.Instant;

/**
 * An Alert for which events are told.
 *
 * @param last when one was told last
 */
public record ServedAlert(ResourceId alert, Instant last) {}
