package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.time.Instant;

/**
 * An Alert whose events are not told. Its kind has no status: this is it.
 *
 * @param since when it was first not served
 * @param reason one word, as Flux has it
 * @param message what is wrong, and what helps
 * @param times events that were not told for it
 */
public record FailingAlert(ResourceId alert, Instant since, String reason, String message, int times) {}
