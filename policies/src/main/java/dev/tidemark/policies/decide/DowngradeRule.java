package dev.tidemark.policies.decide;

import dev.tidemark.policies.Parsed;

/** {@code tidemark.dev/allow-downgrade}: what happens when the selected tag is no longer listed. */
public enum DowngradeRule {
    /** Nothing lower is ever selected, unless a hold names the version. */
    NEVER,
    /** The default: a lower tag only after a check confirmed that the selected one is gone. */
    CONFIRMED,
    /** At once, as Flux does. */
    ALWAYS;

    static Parsed<DowngradeRule> parse(String text) {
        return switch (text.strip()) {
            case "never" -> Parsed.of(NEVER);
            case "confirmed" -> Parsed.of(CONFIRMED);
            case "always" -> Parsed.of(ALWAYS);
            default -> Parsed.malformed("write one of never, confirmed, always");
        };
    }
}
