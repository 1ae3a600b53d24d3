package dev.tidemark.evaluation;

/**
 * How much is done in one go, which has to fit into a transaction on a slow and busy machine with little state. What is
 * more goes on with the processor's clock, between commits, and everybody else comes in between.
 *
 * @param slice so many tags of a scan's difference are taken over at once: milliseconds on a quick machine, a second on
 *     a slow one. An image may have a hundred thousand
 * @param readAtOnce of a feed with more tags a policy does not read the list at once when it is declared: many may be
 *     declared in a row
 * @param readTogether after a restart each policy reads its feed's whole list when it is first asked. Where all that an
 *     event concerns would read more than this together, they are evaluated in batches
 * @param readInABatch of lists in one go: some ten milliseconds, however long a list is
 */
record Limits(int slice, int readAtOnce, int readTogether, int readInABatch) {

    static final Limits DEFAULT = new Limits(5_000, 10_000, 20_000, 20_000);
}
