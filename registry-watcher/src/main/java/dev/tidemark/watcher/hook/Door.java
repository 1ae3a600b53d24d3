package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests from outside: who is let in, and what is to be looked at then. Flux's order of checks
 * (flux-git-based 18.2).
 */
public final class Door {

    /** Flux's limit on a body. */
    public static final int MAX_BODY = 3 * 1024 * 1024;

    private final Language filters;
    private final IdTokens idTokens;

    /** Null until somebody has said what is declared. */
    private volatile @Nullable State state;

    private record State(Receivers receivers, ResourceSnapshot snapshot) {}

    public Door(Language filters, IdTokens idTokens) {
        this.filters = filters;
        this.idTokens = idTokens;
    }

    /** What to answer. */
    public sealed interface Answer {
        /** Let in; 200 once these are stored. */
        record Accepted(List<RegistryNotified> notifications) implements Answer {}

        /** No Receiver has this path. */
        record Unknown() implements Answer {}

        /** The Receiver is suspended or not ready, or nobody knows yet what is declared. */
        record Closed() implements Answer {}

        /** The request does not prove itself, or is an event that the Receiver does not want. */
        record Refused() implements Answer {}

        /** A listed resource cannot be found, or a condition cannot be told. */
        record Unusable(String why) implements Answer {}
    }

    /** What is declared has changed; says what the Receivers come to now. */
    public synchronized Receivers watch(ResourceSnapshot snapshot) {
        State before = state;
        Receivers receivers =
                Receivers.of(snapshot, before == null ? Receivers.NONE : before.receivers(), filters, idTokens);
        state = new State(receivers, snapshot);
        return receivers;
    }

    /** @throws IdTokens.KeysUnavailableException when a request's proof cannot be judged now */
    public Answer receive(HookRequest request) {
        State now = state;
        if (now == null) {
            return new Answer.Closed();
        }
        return switch (now.receivers().at(request.uri()).orElse(null)) {
            case null -> new Answer.Unknown();
            case Receivers.State found when found.receiver().spec().suspend() -> new Answer.Closed();
            case Receivers.State.NotReady notReady -> new Answer.Closed();
            case Receivers.State.Unprovable unprovable -> new Answer.Refused();
            case Receivers.State.Served served -> receive(request, served, now.snapshot());
        };
    }

    private static Answer receive(HookRequest request, Receivers.State.Served served, ResourceSnapshot snapshot) {
        ReceiverSpec spec = served.receiver().spec();
        List<String> events = spec.events() == null ? List.of() : spec.events();
        if (!served.type().wants(request, events) || !served.type().accepts(request, served.trust())) {
            return new Answer.Refused();
        }
        byte[] payload = served.type().payload(request);
        Optional<Map<String, @Nullable Object>> said =
                served.filters().any() && request.isJson() ? Payloads.members(payload) : Optional.of(Map.of());
        String problem = said.isEmpty()
                ? "the body is not a JSON object"
                : served.filters().problem();
        ListedImages listed = problem.isEmpty()
                ? ListedImages.of(served, said.orElse(Map.of()), snapshot)
                : new ListedImages(Map.of(), problem);
        if (!listed.problem().isEmpty()) {
            return new Answer.Unusable(served.receiver().id() + ": " + listed.problem());
        }
        List<Claim> claims = Payloads.parse(payload)
                .filter(JsonNode::isObject)
                .map(Claim::of)
                .orElse(List.of());
        String receiver =
                served.receiver().namespace() + '/' + served.receiver().name();
        return new Answer.Accepted(notifications(receiver, listed.images(), claims));
    }

    /** One for each claimed tag of a listed image; where no listed image is named, one for each of them to be scanned. */
    private static List<RegistryNotified> notifications(
            String receiver, Map<ImageName, Set<String>> images, List<Claim> claims) {
        List<RegistryNotified> claimed = new ArrayList<>();
        List<RegistryNotified> scans = new ArrayList<>();
        images.forEach((image, resources) -> {
            List<String> listed = resources.stream().sorted().toList();
            scans.add(new RegistryNotified(image, receiver, listed, null));
            for (Claim claim : claims) {
                if (claim.repository().equals(image.repository())) {
                    claimed.add(new RegistryNotified(image, receiver, listed, claim.tag()));
                }
            }
        });
        return claimed.isEmpty() ? scans : claimed;
    }
}
