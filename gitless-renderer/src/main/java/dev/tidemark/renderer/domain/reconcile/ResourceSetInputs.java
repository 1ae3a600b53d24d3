package dev.tidemark.renderer.domain.reconcile;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.renderer.domain.input.InputReferences;
import dev.tidemark.renderer.domain.input.InputSource;
import java.util.ArrayList;
import java.util.List;

/** Gathers what the providers of a ResourceSet export. */
final class ResourceSetInputs {

    private final ProviderLog log;

    ResourceSetInputs(ProviderLog log) {
        this.log = log;
    }

    /** What became of gathering. */
    sealed interface Outcome {
        /** @param causes the selections behind the inputs */
        record Gathered(List<InputSource> sources, List<Envelope<Event.TagSelected>> causes) implements Outcome {}

        /**
         * A provider has no selection yet. Upstream takes that for an empty list and deletes every object; here the
         * objects stay until the log says what was selected, also when that is nothing.
         */
        record Unknown(String message) implements Outcome {}

        record Refused(String message) implements Outcome {}
    }

    Outcome gather(Resource<ResourceSetSpec> resourceSet, ResourceSnapshot declared) {
        var namespace = declared.all(Kinds.RESOURCE_SET_INPUT_PROVIDER, resourceSet.namespace());
        return switch (InputReferences.resolve(resourceSet, namespace)) {
            case InputReferences.Outcome.Refused refused -> new Outcome.Refused(refused.message());
            case InputReferences.Outcome.Found found -> gather(List.copyOf(found.providers()));
        };
    }

    private Outcome gather(List<Resource<ResourceSetInputProviderSpec>> providers) {
        List<InputSource> sources = new ArrayList<>();
        List<Envelope<Event.TagSelected>> causes = new ArrayList<>();
        for (var provider : providers) {
            ProviderFacts facts = log.facts(provider.namespace(), provider.name());
            ProviderState state = ProviderState.of(provider, facts);
            ExportedInputs inputs = state.inputs();
            if (inputs == null) {
                return new Outcome.Unknown("ResourceSetInputProvider " + provider.namespace() + '/' + provider.name()
                        + " has nothing selected yet: " + problem(state));
            }
            sources.add(InputSource.provider(provider.namespace(), provider.name(), inputs.inputs()));
            if (facts.selection() != null) {
                causes.add(facts.selection());
            }
        }
        return new Outcome.Gathered(sources, causes);
    }

    private static String problem(ProviderState state) {
        return switch (state) {
            case ProviderState.Exporting exporting -> exporting.message();
            case ProviderState.Waiting waiting -> waiting.message();
            case ProviderState.Failing failing -> failing.message();
            case ProviderState.Refused refused -> refused.message();
        };
    }
}
