package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.ResourceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about requests from outside: who is let in, and what is to be looked at then. Flux's order of checks
 * (flux-git-based 18.2).
 */
public final class Door {

    /** Flux's limit on a body. */
    public static final int MAX_BODY = 3 * 1024 * 1024;

    private volatile State state = new State(Receivers.of(ResourceSnapshot.EMPTY), ResourceSnapshot.EMPTY);

    private record State(Receivers receivers, ResourceSnapshot snapshot) {}

    /** What to answer. */
    public sealed interface Answer {
        /** Let in; 200 once these are stored. */
        record Accepted(List<RegistryNotified> notifications) implements Answer {}

        /** No Receiver has this path. */
        record Unknown() implements Answer {}

        /** The Receiver is suspended. */
        record Closed() implements Answer {}

        /** The request does not prove itself, or is an event that the Receiver does not want. */
        record Refused() implements Answer {}

        /** A listed resource cannot be found or is of a kind that no webhook can wake here. */
        record Unusable(String why) implements Answer {}
    }

    /** What is declared has changed. */
    public void watch(ResourceSnapshot snapshot) {
        state = new State(Receivers.of(snapshot), snapshot);
    }

    public Answer receive(HookRequest request) {
        State now = state;
        Optional<Receivers.State.Ready> found = now.receivers().at(request.uri());
        if (found.isEmpty()) {
            return new Answer.Unknown();
        }
        Receivers.State.Ready ready = found.get();
        ReceiverSpec spec = ready.receiver().spec();
        if (spec.suspend()) {
            return new Answer.Closed();
        }
        List<String> events = spec.events() == null ? List.of() : spec.events();
        if (!ready.type().accepts(request, ready.token()) || !ready.type().wants(request, events)) {
            return new Answer.Refused();
        }
        ListedImages listed = ListedImages.of(ready.receiver(), now.snapshot());
        if (!listed.problem().isEmpty()) {
            return new Answer.Unusable(ready.receiver().id() + ": " + listed.problem());
        }
        List<Claim> claims = Payloads.parse(ready.type().payload(request))
                .filter(JsonNode::isObject)
                .map(Claim::of)
                .orElse(List.of());
        String receiver = ready.receiver().namespace() + '/' + ready.receiver().name();
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
