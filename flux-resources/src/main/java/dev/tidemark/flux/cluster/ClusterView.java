package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ObjectEvent;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.ResourceEvent;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.Tree;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects as an API server has them, for people: read when they are asked for, with the rights of whoever asks. What a
 * {@code kubectl get} would show, without the bookkeeping of fields.
 */
public final class ClusterView implements ObjectView {

    /** Objects of a page: as kubectl asks for them. */
    private static final int PAGE = 500;

    /** A look is a request, and people look for minutes. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final String EVENTS = "events";

    private final ClusterApi api;
    private final Clock clock;
    private final Map<String, Optional<Place>> places = new HashMap<>();
    private final Map<ResourceId, String> left = new HashMap<>();

    /** Where the objects of a kind are. */
    private record Place(String apiVersion, String kind, String plural) {

        String in(String namespace) {
            String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + '/';
            return root + (namespace.isEmpty() ? "" : "namespaces/" + namespace + '/') + plural;
        }
    }

    ClusterView(ClusterApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public List<Tree> list(String kind, String namespace) {
        return place(kind).map(place -> list(place, namespace)).orElse(List.of());
    }

    private List<Tree> list(Place place, String namespace) {
        List<Tree> found = new ArrayList<>();
        List<JsonNode> items = pages(place.in(namespace), "");
        OtherWriters others = new OtherWriters(false, clock);
        // who is seen on the last object works on the first one, too
        items.forEach(item -> others.whose(place.kind(), item));
        for (JsonNode item : items) {
            Tree object = tree(item, place);
            found.add(object);
            if (others.whose(place.kind(), item) instanceof OtherWriters.Whose.Theirs(String manager)) {
                left.put(object.id(), manager);
            } else {
                left.remove(object.id());
            }
        }
        found.sort(Comparator.comparing(Tree::id));
        return found;
    }

    /** @param more parameters of the request, each with an ampersand before it */
    private List<JsonNode> pages(String path, String more) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            String from = next.isEmpty() ? "" : "&continue=" + Served.encoded(next);
            JsonNode page = read(path + "?limit=" + PAGE + more + from).body();
            page.path("items").forEach(items::add);
            next = page.path("metadata").path("continue").asText("");
        } while (!next.isEmpty());
        return items;
    }

    /** Items of a list do not say of which kind they are. */
    private static Tree tree(JsonNode item, Place place) {
        ObjectNode object = item.deepCopy();
        object.put("apiVersion", place.apiVersion()).put("kind", place.kind());
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return Tree.of(FluxJson.json().convertValue(object, Map.class));
    }

    @Override
    public Optional<Tree> find(ResourceId id) {
        return place(id.kind()).flatMap(place -> {
            Answer answer = api.get(place.in(id.namespace()) + '/' + id.name());
            return answer.code() == Answer.NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(tree(good(answer).body(), place));
        });
    }

    /** {@inheritDoc} Nobody can see from here whether services take everything over. */
    @Override
    public Optional<String> leftTo(Tree listed) {
        return Optional.ofNullable(left.get(listed.id())).or(() -> ObjectView.super.leftTo(listed));
    }

    @Override
    public boolean isInForce(ResourceId id) {
        return find(id).isPresent();
    }

    @Override
    public Set<String> renderedKinds() {
        return rendered().keySet();
    }

    /** API versions by kind: what the inventories of all ResourceSets name. */
    private Map<String, String> rendered() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Tree set :
                place(Kinds.RESOURCE_SET.name()).map(place -> list(place, "")).orElse(List.of())) {
            for (Tree entry : set.trees("status", "inventory", "entries")) {
                String[] parts = entry.text("id").split("_", -1);
                if (parts.length > 2) {
                    String group = parts[parts.length - 2];
                    String version = entry.text("v");
                    versions.putIfAbsent(parts[parts.length - 1], group.isEmpty() ? version : group + '/' + version);
                }
            }
        }
        return versions;
    }

    @Override
    public List<ResourceEvent> events(String namespace) {
        return happened(pages(core(namespace), ""));
    }

    @Override
    public List<ResourceEvent> events(ResourceId id) {
        String only = "involvedObject.kind=" + id.kind() + ",involvedObject.name=" + id.name();
        return happened(pages(core(id.namespace()), "&fieldSelector=" + Served.encoded(only)));
    }

    private static String core(String namespace) {
        return new Place("v1", "Event", EVENTS).in(namespace);
    }

    /** Of our kinds: a cluster is full of other things that happen. */
    private static List<ResourceEvent> happened(List<JsonNode> events) {
        List<ResourceEvent> ours = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode object = event.path("involvedObject");
            String kind = object.path("kind").asText();
            if (Kinds.all().stream().anyMatch(one -> one.name().equals(kind) && isOf(one, object))) {
                ResourceId id = new ResourceId(
                        kind,
                        object.path("namespace").asText(),
                        object.path("name").asText());
                ours.add(new ResourceEvent(id, event(event)));
            }
        }
        ours.sort(Comparator.comparing(one -> one.event().lastTimestamp()));
        return ours;
    }

    private static boolean isOf(Kind<?> kind, JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        return !kind.group().isEmpty() && apiVersion.startsWith(kind.group() + '/');
    }

    private static ObjectEvent event(JsonNode event) {
        Instant made = time(event.path("metadata").path("creationTimestamp"), Instant.EPOCH);
        Instant noted = time(event.path("eventTime"), made);
        return new ObjectEvent(
                event.path("type").asText(),
                event.path("reason").asText(),
                event.path("message").asText(),
                Stream.of(event.path("reportingComponent"), event.path("source").path("component"))
                        .map(JsonNode::asText)
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse(""),
                Math.max(1, event.path("count").asInt(1)),
                time(event.path("firstTimestamp"), noted),
                time(event.path("lastTimestamp"), noted));
    }

    private static Instant time(JsonNode text, Instant otherwise) {
        try {
            return text.isTextual() ? Instant.parse(text.asText()) : otherwise;
        } catch (DateTimeException unreadable) {
            return otherwise;
        }
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public Changes changes(Collection<String> kinds, String namespace) {
        List<String> paths = kinds.stream()
                .flatMap(kind -> place(kind).stream())
                .map(place -> place.in(namespace))
                .toList();
        return ClusterChanges.of(api, paths, PACE);
    }

    /** Which kinds the API server does not know, or not in a version that is read. */
    @Override
    public SourceState source() {
        List<Problem> missing = new ArrayList<>();
        for (Kind<?> kind : Kinds.all()) {
            if (!kind.group().isEmpty()
                    && !Kinds.isOptional(kind)
                    && place(kind.name()).isEmpty()) {
                missing.add(new Problem(
                        Severity.IGNORED,
                        kind.plural() + '.' + kind.group(),
                        "the API server does not serve it in " + String.join(", ", kind.versions())
                                + ": install its CustomResourceDefinition where you need it"));
            }
        }
        return new SourceState(missing, List.of(), Optional.empty());
    }

    private Optional<Place> place(String kind) {
        Optional<Place> known = places.get(kind);
        if (known == null) {
            known = look(kind);
            places.put(kind, known);
        }
        return known;
    }

    private Optional<Place> look(String name) {
        for (Kind<?> kind : Kinds.all()) {
            if (kind.name().equals(name)) {
                return served(kind).map(served -> new Place(served.apiVersion(), name, kind.plural()));
            }
        }
        String apiVersion = rendered().get(name);
        if (apiVersion == null) {
            return Optional.empty();
        }
        Answer group = api.get((apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion);
        for (JsonNode resource : group.body().path("resources")) {
            String plural = resource.path("name").asText();
            if (resource.path("kind").asText().equals(name) && !plural.contains("/")) {
                return Optional.of(new Place(apiVersion, name, plural));
            }
        }
        return Optional.empty();
    }

    private Optional<Served> served(Kind<?> kind) {
        try {
            return Served.find(kind, api);
        } catch (UnreadableException refused) {
            throw ClusterApi.refused("read what is served", refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private Answer read(String path) {
        return good(api.get(path));
    }

    private static Answer good(Answer answer) {
        if (!answer.isSuccess()) {
            throw ClusterApi.refused("read this", answer.code(), answer.message());
        }
        return answer;
    }
}
