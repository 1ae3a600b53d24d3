package dev.tidemark.watcher.hook;

import dev.tidemark.watcher.domain.FeedWorker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of registries, whichever of the known shapes they have (registries 1). One pass over the body, which
 * ends as soon as more is named than a scan costs.
 */
final class ClaimReader {

    /** Senders put one event into a request, some a few; with more a full scan costs less. */
    private static final int MAX_CLAIMS = 32;

    /** What distribution tells beside pushes (registries 1.9), for each layer and each look of a node or of ours. */
    private static final Set<String> OTHER_EVENTS = Set.of("pull", "mount", "delete");

    /** What Azure tells that is no push of an image (registries 1.7). A deletion is looked at, as Flux does. */
    private static final Set<String> OTHER_ACTIONS = Set.of("pull", "quarantine", "chart_push", "chart_delete", "ping");

    /** What Harbor tells that changes no tag (registries 1.4); a replication or a deletion may, and is not here. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "PULL_ARTIFACT",
            "SCANNING_COMPLETED",
            "SCANNING_FAILED",
            "SCANNING_STOPPED",
            "QUOTA_EXCEED",
            "QUOTA_WARNING",
            "HARBOR.ARTIFACT.PULLED");

    private static final Set<String> PUSH_TYPES = Set.of("PUSH_ARTIFACT", "PUSHIMAGE", "HARBOR.ARTIFACT.PUSHED");

    private static final List<String> MEMBERS = List.of(
            "events",
            "action",
            "target",
            "type",
            "event_data",
            "data",
            "repository",
            "push_data",
            "updated_tags",
            "tag",
            "digest");

    private final Set<Claim> tags = new LinkedHashSet<>();
    private boolean understood;
    private boolean unclear;

    private ClaimReader() {}

    /** What a payload claims; one that is no JSON object claims nothing that can be read. */
    static Claims read(byte[] payload) {
        return Json.whole(payload).map(ClaimReader::read).orElseGet(Claims.Unknown::new);
    }

    private static Claims read(Json payload) {
        ClaimReader reader = new ClaimReader();
        reader.readAll(payload.fields(MEMBERS));
        return reader.unclear || !reader.understood ? new Claims.Unknown() : reader.claims();
    }

    private Claims claims() {
        return tags.isEmpty() ? new Claims.Nothing() : new Claims.Tags(Set.copyOf(tags));
    }

    private void readAll(Map<String, Json> members) {
        Json events = members.get("events");
        if (events != null && events.isArray()) {
            understood = true;
            var unused = events.eachElement(event -> {
                push(event.fields(List.of("action", "target")), OTHER_EVENTS);
                return !unclear;
            });
        }
        if (members.containsKey("target") || text(members, "action").equals("ping")) {
            push(members, OTHER_ACTIONS);
        } else if (text(members, "action").matches("INSERT|DELETE")) {
            google(members);
        }
        harbor(members);
        dockerHub(members);
        quay(members);
    }

    /** An event of distribution, or Azure's, which is one without the envelope. */
    private void push(Map<String, Json> event, Set<String> others) {
        String action = text(event, "action");
        if (action.equals("push") && object(event, "target")) {
            Map<String, Json> target = inside(event, "target", "repository", "tag");
            add(text(target, "repository"), target.get("tag"));
        } else {
            understood |= others.contains(action);
            unclear |= !others.contains(action);
        }
    }

    /** Google's names host, repository and tag in one text (registries 1.6); an upload without a tag is none. */
    private void google(Map<String, Json> event) {
        String reference = text(event, "tag");
        int slash = reference.indexOf('/');
        int colon = reference.lastIndexOf(':');
        if (text(event, "action").equals("INSERT") && slash >= 0 && colon > slash) {
            add(reference.substring(slash + 1, colon), reference.substring(colon + 1));
        } else if (text(event, "action").equals("INSERT")) {
            understood |= event.containsKey("digest");
        } else {
            unclear = true;
        }
    }

    private void harbor(Map<String, Json> members) {
        Json data = object(members, "event_data") ? members.get("event_data") : members.get("data");
        String type = text(members, "type").toUpperCase(Locale.ROOT);
        if (data == null || !data.isObject()) {
            return;
        }
        if (OTHER_TYPES.contains(type)) {
            understood = true;
        } else if (PUSH_TYPES.contains(type)) {
            Map<String, Json> event = data.fields(List.of("resources", "repository"));
            Json repository = event.get("repository");
            Json resources = event.get("resources");
            if (repository == null || resources == null) {
                unclear = true;
                return;
            }
            String name = text(repository.fields(List.of("repo_full_name")), "repo_full_name");
            var unused = resources.eachElement(resource -> {
                add(name, resource.fields(List.of("tag")).get("tag"));
                return !unclear;
            });
        }
    }

    private void dockerHub(Map<String, Json> members) {
        if (object(members, "push_data") && object(members, "repository")) {
            Json tag = inside(members, "push_data", "tag").get("tag");
            String name = text(inside(members, "repository", "repo_name"), "repo_name");
            if (tag == null) {
                unclear = true;
            } else {
                add(name, tag);
            }
        }
    }

    private void quay(Map<String, Json> members) {
        Json tags = members.get("updated_tags");
        String repository = text(members, "repository");
        if (tags != null && !repository.isEmpty()) {
            var unused = tags.eachElement(tag -> {
                add(repository, tag);
                return !unclear;
            });
        }
    }

    private void add(String repository, @Nullable Json tag) {
        if (tag != null && !tag.isText()) {
            unclear = true;
        } else {
            add(repository, tag == null ? "" : tag.text());
        }
    }

    private void add(String repository, String tag) {
        if (repository.isEmpty()) {
            unclear = true;
            return;
        }
        understood = true;
        // some senders write the digest where a tag belongs when there is none (registries 1.4)
        if (FeedWorker.isTag(tag)) {
            tags.add(new Claim(repository, tag));
            unclear |= tags.size() > MAX_CLAIMS;
        }
    }

    private static boolean object(Map<String, Json> members, String name) {
        Json value = members.get(name);
        return value != null && value.isObject();
    }

    private static Map<String, Json> inside(Map<String, Json> members, String name, String... names) {
        Json value = members.get(name);
        return value == null ? Map.of() : value.fields(List.of(names));
    }

    private static String text(Map<String, Json> members, String name) {
        Json value = members.get(name);
        return value == null ? "" : value.text();
    }
}
