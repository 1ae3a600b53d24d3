package dev.tidemark.gotemplates.exec;

/** An evaluation failed at a place in the template. */
final class Failure extends RuntimeException {
    private final int start;
    private final int end;

    Failure(int start, int end, String message) {
        super(message, null, false, false);
        this.start = start;
        this.end = end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
