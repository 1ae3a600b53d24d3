package dev.tidemark.watcher.hook;

import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.watcher.domain.IdTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests from outside: who is let in, and what the registry is to be asked then. Flux's order of checks
 * (flux-git-based 18.2).
 */
public final class WebhookHandler {

    /** Flux's limit on a body. */
    public static final int MAX_BODY = 3 * 1024 * 1024;

    private final Receivers receivers;
    private final Resources resources;
    private final CrossNamespaceRefs crossing;

    /**
     * @param resources those that Receivers list, with the indexes of {@link ReceiverReferences}
     * @param crossing whether a Receiver may wake what lies in another namespace
     */
    public WebhookHandler(Receivers receivers, Resources resources, CrossNamespaceRefs crossing) {
        this.receivers = receivers;
        this.resources = resources;
        this.crossing = crossing;
    }

    /** What to answer. */
    public sealed interface Answer {
        /**
         * Let in; 200 once this is stored.
         *
         * @param requests resources that are asked to run
         */
        record Accepted(List<RegistryNotified> notifications, Set<ResourceId> requests) implements Answer {}

        /** No Receiver has this path. */
        record Unknown() implements Answer {}

        /**
         * The Receiver is suspended or not ready, or nobody knows yet what is declared.
         *
         * @param receiver null where that is not known either
         */
        record Closed(@Nullable ResourceId receiver, String why) implements Answer {}

        /** The request does not prove itself, or is an event that the Receiver does not want. */
        record Refused(ResourceId receiver, String why) implements Answer {}

        /** A listed resource cannot be found, or a condition cannot be told. */
        record Unusable(ResourceId receiver, String why) implements Answer {}
    }

    /** The answer where the path alone decides: nobody needs to read on then. */
    public Optional<Answer> refusal(String uri) {
        return switch (receivers.at(uri).orElse(null)) {
            case null ->
                Optional.of(
                        receivers.areAllKnown() && resources.isComplete()
                                ? new Answer.Unknown()
                                : new Answer.Closed(null, "the resources are being read"));
            case ReceiverState found
            when found.receiver().spec().suspend() -> Optional.of(closed(found, "is suspended"));
            case ReceiverState.NotReady notReady ->
                Optional.of(closed(notReady, "is not ready: " + notReady.message()));
            case ReceiverState.Unprovable unprovable ->
                Optional.of(new Answer.Refused(unprovable.receiver().id(), unprovable.message()));
            case ReceiverState.Served served -> Optional.empty();
        };
    }

    /** @throws IdTokens.KeysUnavailableException when a request's proof cannot be judged now */
    public Answer receive(HookRequest request) {
        return receivers.at(request.uri()).orElse(null) instanceof ReceiverState.Served served
                        && !served.receiver().spec().suspend()
                ? receive(request, served)
                : refusal(request.uri())
                        .orElseGet(() -> new Answer.Closed(null, "the Receiver changes at this moment"));
    }

    private static Answer closed(ReceiverState state, String why) {
        return new Answer.Closed(state.receiver().id(), "it " + why);
    }

    private Answer receive(HookRequest request, ReceiverState.Served served) {
        ReceiverSpec spec = served.receiver().spec();
        List<String> events = spec.events() == null ? List.of() : spec.events();
        if (!served.type().isAbout(request, events)) {
            return new Answer.Refused(served.receiver().id(), "it is an event that spec.events does not list");
        }
        if (!served.type().accepts(request, served.trust())) {
            return new Answer.Refused(served.receiver().id(), "it does not prove itself with the Secret's token");
        }
        byte[] payload = served.type().payload(request);
        Optional<Map<String, @Nullable Object>> said =
                served.filters().any() && request.isJson() ? PayloadValues.members(payload) : Optional.of(Map.of());
        String problem = said.isEmpty()
                ? "the body is not a JSON object"
                : served.filters().problem();
        ListedImages listed = problem.isEmpty()
                ? ListedImages.of(served, said.orElse(Map.of()), resources, crossing)
                : ListedImages.failed(problem);
        if (!listed.problem().isEmpty()) {
            return new Answer.Unusable(served.receiver().id(), listed.problem());
        }
        String receiver =
                served.receiver().namespace() + '/' + served.receiver().name();
        Claims claims = ClaimReader.read(payload);
        return new Answer.Accepted(
                notifications(receiver, listed.images(), claims),
                claims instanceof Claims.Nothing ? Set.of() : Set.copyOf(listed.others()));
    }

    private static List<RegistryNotified> notifications(
            String receiver, Map<ImageName, Set<String>> images, Claims claims) {
        return switch (claims) {
            case Claims.Nothing nothing -> List.of();
            case Claims.Unknown unknown -> scans(receiver, images);
            case Claims.Tags(Set<Claim> tags) -> {
                List<RegistryNotified> claimed = claimed(receiver, images, tags);
                // The sender may know a listed image by another name, such as a mirror's.
                yield claimed.isEmpty() ? scans(receiver, images) : claimed;
            }
        };
    }

    private static List<RegistryNotified> claimed(
            String receiver, Map<ImageName, Set<String>> images, Set<Claim> tags) {
        List<RegistryNotified> notifications = new ArrayList<>();
        images.forEach((image, resources) -> {
            for (Claim claim : tags) {
                if (claim.repository().equals(image.repository())) {
                    notifications.add(new RegistryNotified(
                            image, receiver, resources.stream().sorted().toList(), claim.tag()));
                }
            }
        });
        return notifications;
    }

    private static List<RegistryNotified> scans(String receiver, Map<ImageName, Set<String>> images) {
        List<RegistryNotified> notifications = new ArrayList<>();
        images.forEach((image, resources) -> notifications.add(new RegistryNotified(
                image, receiver, resources.stream().sorted().toList(), null)));
        return notifications;
    }
}
