package dev.tidemark.evaluation.declare;

import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.EventCodec;
import dev.tidemark.events.EventTooLargeException;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FaultText;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import java.time.Instant;

/** What the resources want declared for one policy or provider. */
public sealed interface WantedPolicy {

    /** @param policy with sequence 0: the log gives the sequence */
    record Declares(PolicyDeclared policy) implements WantedPolicy {}

    /** It is there and may not be declared: it keeps the selection that it has, suspended. */
    sealed interface Kept extends WantedPolicy {

        Refusal refusal();

        /** Of the resource; empty where that is not known. */
        String uid();
    }

    /** In Flux's words why not. */
    record Refused(Refusal refusal, String uid) implements Kept {}

    /** Something was thrown where it was read. */
    record Fault(Refusal refusal, String uid, Throwable cause) implements Kept {}

    /** There is no such resource, or one that declares nothing. */
    record Nothing() implements WantedPolicy {}

    /** It was not given to us, and nobody says that it is gone: whatever is in force stays. */
    record Unknown() implements WantedPolicy {}

    /** @param stalled only an edit helps; otherwise it may come right by itself */
    record Refusal(String reason, String message, boolean stalled) {}

    /**
     * Works out one resource; what it says can only fail that resource.
     *
     * @param cluster of the target
     * @param crossing whether a policy may use a repository of another namespace
     */
    static WantedPolicy of(PolicySources sources, String cluster, CrossNamespaceRefs crossing) {
        Resource<?> resource = sources.resource();
        try {
            WantedPolicy wanted = resource.as(Kinds.IMAGE_POLICY)
                    .map(policy -> ImagePolicyReader.read(policy, sources, cluster, crossing))
                    .or(() -> resource.as(Kinds.RESOURCE_SET_INPUT_PROVIDER)
                            .map(provider -> ProviderReader.read(provider, cluster)))
                    .orElseGet(Nothing::new);
            return wanted instanceof Declares(PolicyDeclared policy) && isTooLarge(policy)
                    ? new Refused(tooLarge(), policy.uid())
                    : wanted;
        } catch (RuntimeException | StackOverflowError fault) {
            return failed(resource, fault);
        }
    }

    /** What a policy declares over the image, the feed and the exclusions of a declaration. */
    static PolicyDeclared over(PolicyDeclared before, Resource<ImagePolicySpec> policy) {
        return ImagePolicyReader.over(before, policy);
    }

    /** One that cannot be read. */
    static Fault failed(Resource<?> resource, Throwable fault) {
        return new Fault(
                new Refusal("Failed", "cannot be read: " + FaultText.of(fault), true),
                resource.metadata().uid(),
                fault);
    }

    private static Refusal tooLarge() {
        return new Refusal(
                "InvalidPolicy",
                "it declares more than " + Feeds.MAX_DECLARED_BYTES
                        + " bytes of patterns, annotations and values: shorten them",
                true);
    }

    private static boolean isTooLarge(PolicyDeclared declared) {
        try {
            return EventCodec.encode(Envelope.first(declared, PolicyEvaluation.SOURCE, Instant.EPOCH)).length
                    > Feeds.MAX_DECLARED_BYTES;
        } catch (EventTooLargeException far) {
            return true;
        }
    }
}
