package dev.tidemark.watcher.domain;

/** Which throwables a thread that must go on survives. */
final class Faults {

    private Faults() {}

    /** A virtual machine that is at its end says so upwards; too deep a recursion is one input's fault only. */
    static void rethrowFatal(Throwable fault) {
        if (fault instanceof VirtualMachineError fatal && !(fault instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
