package dev.tidemark.runtime;

/** Which throwables work that must go on survives. */
public final class Faults {

    private Faults() {}

    /** A virtual machine that is at its end says so upwards; too deep a recursion is one input's fault only. */
    public static void rethrowFatal(Throwable fault) {
        if (fault instanceof VirtualMachineError fatal && !(fault instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
