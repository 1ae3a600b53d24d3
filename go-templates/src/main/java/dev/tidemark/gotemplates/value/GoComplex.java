package dev.tidemark.gotemplates.value;

/** A {@code complex128}; only literals make one. */
public record GoComplex(double real, double imaginary) {}
