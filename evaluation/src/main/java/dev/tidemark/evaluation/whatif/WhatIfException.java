package dev.tidemark.evaluation.whatif;

/** A question that has no answer, said to people: what is missing, and what helps. */
public final class WhatIfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WhatIfException(String message) {
        super(message);
    }
}
