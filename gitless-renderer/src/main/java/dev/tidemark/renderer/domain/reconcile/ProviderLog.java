package dev.tidemark.renderer.domain.reconcile;

/** The log as far as it concerns providers. */
@FunctionalInterface
public interface ProviderLog {

    /** What is known now about the provider {@code namespace/name}. */
    ProviderFacts facts(String namespace, String name);
}
