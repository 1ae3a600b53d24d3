package dev.tidemark.renderer.domain.input;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;

/** The log as far as it concerns providers. */
@FunctionalInterface
public interface ProviderLog {

    /** What is known now about a provider. */
    ProviderFacts facts(Resource<ResourceSetInputProviderSpec> provider);
}
