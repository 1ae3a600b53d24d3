package dev.tidemark.policies.gate;

/**
 * {@code tidemark halt}: nothing passes, no order either. It is no annotation of one policy, it stands before all.
 *
 * @param reason what the person who stopped everything wrote
 */
public record EmergencyStop(String reason) implements Gate {

    public static final HeldBack.Reason HALTED = new HeldBack.Reason("Halted", "STOPPED");

    @Override
    public Admission publication(Publication publication) {
        return HeldBack.of(
                HALTED,
                publication.what() + " waits: all updates are halted (" + reason + "); tidemark halt --lift goes on");
    }
}
