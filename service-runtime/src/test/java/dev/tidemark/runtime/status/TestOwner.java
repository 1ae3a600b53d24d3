package dev.tidemark.runtime.status;

/** An owner that a test lets lose what it owns. */
final class TestOwner implements StatusOwner {
    boolean known = true;
    boolean proven = true;
    boolean loses;
    int proofs;

    /** It went, which shows when somebody asks for a proof. */
    void lose() {
        loses = true;
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public boolean isProven() {
        proofs++;
        known &= !loses;
        return proven && !loses;
    }
}
