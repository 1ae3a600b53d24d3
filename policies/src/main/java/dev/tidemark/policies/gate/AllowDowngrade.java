package dev.tidemark.policies.gate;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.policies.Parsed;
import java.util.List;
import java.util.Optional;

/** {@code tidemark.dev/allow-downgrade}: what happens when the selected tag is no longer listed. */
public enum AllowDowngrade implements Gate {
    /** Nothing lower is ever selected, unless a hold names the version. */
    NEVER,
    /** The default: a lower tag only after a check confirmed that the selected one is gone (we differ from Flux, Q9). */
    CONFIRMED,
    /** At once, as Flux does. */
    ALWAYS;

    public static final String ANNOTATION = "tidemark.dev/allow-downgrade";

    private static final HeldBack.Reason FORBIDDEN = new HeldBack.Reason("DowngradeForbidden", "DOWNGRADE_FORBIDDEN");
    private static final HeldBack.Reason UNCONFIRMED =
            new HeldBack.Reason("AwaitingConfirmation", "AWAITING_CONFIRMATION");

    static final Kind KIND =
            new Kind(ANNOTATION, AllowDowngrade::parse, true, Optional.of(CONFIRMED), List.of(FORBIDDEN, UNCONFIRMED));

    private static Parsed<Gate> parse(String text) {
        return switch (text.strip()) {
            case "never" -> Parsed.of(NEVER);
            case "confirmed" -> Parsed.of(CONFIRMED);
            case "always" -> Parsed.of(ALWAYS);
            default -> Parsed.malformed("write one of never, confirmed, always");
        };
    }

    @Override
    public Admission descent(Descent descent) {
        return switch (this) {
            case ALWAYS -> Admission.ADMITTED;
            case CONFIRMED -> descent.unwanted() || descent.gone() ? Admission.ADMITTED : unconfirmed(descent);
            case NEVER ->
                HeldBack.of(
                        FORBIDDEN,
                        "all listed tags are lower than " + descent.published() + ", and " + ANNOTATION
                                + " says never");
        };
    }

    private static HeldBack unconfirmed(Descent descent) {
        return HeldBack.asking(
                new Check(descent.published(), CheckPurpose.CONFIRM_GONE),
                UNCONFIRMED,
                descent.published() + " is not listed any more: " + descent.to()
                        + " is selected when the registry confirms that it is gone");
    }
}
