package dev.tidemark.watcher.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says was pushed. A hint only: it says where to look first, the registry says what is there.
 *
 * @param repository path without the registry's host: the sender may know the host by another name
 * @param tag null where the payload names none
 */
record Claim(String repository, @Nullable String tag) {

    /** Senders put one event into a request, some a few; with more a full scan costs less. */
    private static final int MAX_CLAIMS = 32;

    /** Every push that is named, in whichever of the known shapes (registries 1); none when it is none of them. */
    static List<Claim> of(JsonNode payload) {
        List<Claim> claims = new ArrayList<>();
        payload.path("events").forEach(event -> {
            if (event.path("action").asText().equals("push")) {
                add(claims, event.at("/target/repository"), event.at("/target/tag"));
            }
        });
        if (payload.path("action").asText().equals("push")) {
            add(claims, payload.at("/target/repository"), payload.at("/target/tag"));
        }
        payload.at("/event_data/resources").forEach(resource -> {
            if (payload.path("type").asText().equalsIgnoreCase("PUSH_ARTIFACT")) {
                add(claims, payload.at("/event_data/repository/repo_full_name"), resource.path("tag"));
            }
        });
        add(claims, payload.at("/repository/repo_name"), payload.at("/push_data/tag"));
        String reference = payload.path("tag").asText("");
        int colon = reference.lastIndexOf(':');
        int slash = reference.indexOf('/');
        if (payload.path("action").asText().equals("INSERT") && slash >= 0 && colon > slash) {
            claims.add(new Claim(reference.substring(slash + 1, colon), reference.substring(colon + 1)));
        }
        payload.path("updated_tags").forEach(tag -> add(claims, payload.path("repository"), tag));
        return claims.size() > MAX_CLAIMS ? List.of() : List.copyOf(claims);
    }

    private static void add(List<Claim> claims, JsonNode repository, JsonNode tag) {
        if (repository.isTextual() && tag.isTextual() && !tag.asText().isEmpty()) {
            Claim claim = new Claim(repository.asText(), tag.asText());
            if (!claims.contains(claim)) {
                claims.add(claim);
            }
        }
    }
}
