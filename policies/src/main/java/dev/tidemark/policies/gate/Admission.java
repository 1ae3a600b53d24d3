package dev.tidemark.policies.gate;

/** What a gate says of something that would happen. */
public sealed interface Admission permits Admission.Admitted, HeldBack {

    Admitted ADMITTED = new Admitted();

    record Admitted() implements Admission {}
}
