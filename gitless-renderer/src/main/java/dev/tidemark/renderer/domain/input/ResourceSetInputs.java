package dev.tidemark.renderer.domain.input;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.policies.inputs.ExportedInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the providers of a ResourceSet export. */
public final class ResourceSetInputs {

    private final Resources declared;
    private final ProviderLog log;

    public ResourceSetInputs(Resources declared, ProviderLog log) {
        this.declared = declared;
        this.log = log;
    }

    /** What became of gathering. */
    public sealed interface Outcome {
        /** @param used what the sources were made of */
        record Gathered(List<InputSource> sources, List<Used> used) implements Outcome {
            /** The selections behind the inputs. */
            public List<Envelope<Event.TagSelected>> causes() {
                return used.stream()
                        .flatMap(one -> Stream.ofNullable(one.selection()))
                        .toList();
            }
        }

        /**
         * A provider has no selection yet. Upstream takes that for an empty list and deletes every object; here the
         * objects stay until the log says what was selected, also when that is nothing.
         */
        record Unknown(String message) implements Outcome {}

        record Refused(String message) implements Outcome {}
    }

    /** A provider as it was declared, with its newest selection; null while there is none. */
    public record Used(
            Resource<ResourceSetInputProviderSpec> provider,
            @Nullable Envelope<Event.TagSelected> selection) {}

    public Outcome gather(Resource<ResourceSetSpec> resourceSet) {
        return switch (InputReferences.resolve(resourceSet, declared)) {
            case InputReferences.Outcome.Refused refused -> new Outcome.Refused(refused.message());
            case InputReferences.Outcome.Found found -> gather(List.copyOf(found.providers()));
        };
    }

    private Outcome gather(List<Resource<ResourceSetInputProviderSpec>> providers) {
        List<InputSource> sources = new ArrayList<>();
        List<Used> used = new ArrayList<>();
        for (var provider : providers) {
            ProviderFacts facts = log.facts(provider);
            ProviderState state = ProviderState.of(provider, facts);
            ExportedInputs inputs = state.inputs();
            if (inputs == null) {
                return new Outcome.Unknown("ResourceSetInputProvider " + provider.namespace() + '/' + provider.name()
                        + " has nothing selected yet: " + problem(state));
            }
            sources.add(InputSource.provider(provider.namespace(), provider.name(), inputs.inputs()));
            used.add(new Used(provider, facts.selection()));
        }
        return new Outcome.Gathered(sources, used);
    }

    /** Whether gathering now would give the same: no selection is newer, no provider is declared in another way. */
    public boolean isCurrent(Outcome.Gathered gathered) {
        return gathered.used().stream()
                .allMatch(one -> declared.find(one.provider().id()).equals(Optional.of(one.provider()))
                        && Objects.equals(sequence(log.facts(one.provider()).selection()), sequence(one.selection())));
    }

    private static @Nullable Long sequence(@Nullable Envelope<Event.TagSelected> selection) {
        return selection == null ? null : selection.event().sequence();
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
