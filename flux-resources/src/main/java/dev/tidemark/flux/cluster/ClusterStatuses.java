package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.flux.status.StatusWriters;
import dev.tidemark.flux.status.VerdictConditions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Status in the status subresource. It is read from what the watch has seen, so that a write is one request; where that was
 * too old, the API server says so and is asked. Over what a service says lies why its object is refused.
 */
public final class ClusterStatuses implements StatusStore {

    /**
     * Longer than most pushes take, and not so long that a person notices: what a commit is made of is written after it, and
     * what a burst says of one object is one request.
     */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final String CONDITIONS = "conditions";

    private final ClusterApi api;
    private final ClusterSource source;
    private final VerdictConditions verdicts;
    private final DeclaredStatuses declared;
    private final Set<ResourceId> outdated = ConcurrentHashMap.newKeySet();

    ClusterStatuses(ClusterApi api, ClusterSource source, Clock clock) {
        this.api = api;
        this.source = source;
        this.verdicts = new VerdictConditions(clock);
        this.declared = new DeclaredStatuses(api, clock);
    }

    @Override
    public <T> Stored<T> read(ResourceId id, Class<T> type) {
        Optional<Live> live = outdated.remove(id) ? fetched(id) : live(id);
        return live.map(now -> new Stored<>(
                        typed(VerdictConditions.without(now.statusTree()), type), now.resourceVersion(), now.uid()))
                .orElseGet(() -> new Stored<>(Optional.empty(), null, null));
    }

    private Optional<Live> live(ResourceId id) {
        Optional<Live> seen = source.live(id);
        return seen.isPresent() || source.isFollowed(id) ? seen : fetched(id);
    }

    private Optional<Live> fetched(ResourceId id) {
        Served served = source.served(id);
        Answer answer = api.get(served.object(id));
        if (answer.code() == Answer.NOT_FOUND) {
            return Optional.empty();
        }
        check(answer, id, "get");
        source.answered(id, answer.body());
        return Optional.of(Live.of(served, answer.body(), source.live(id).orElse(null)));
    }

    private static <T> Optional<T> typed(JsonNode status, Class<T> type) {
        if (status instanceof ObjectNode object && !object.has(CONDITIONS)) {
            // a definition may give a status before anybody says something
            object.putArray(CONDITIONS);
        }
        try {
            return status.isMissingNode()
                    ? Optional.empty()
                    : Optional.ofNullable(FluxJson.json().treeToValue(status, type));
        } catch (JsonProcessingException others) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome write(Resource<?> resource, Object status, @Nullable String expected) {
        Optional<Live> found = live(resource.id());
        if (found.isEmpty() || !found.get().uid().equals(resource.metadata().uid())) {
            return Outcome.GONE;
        }
        Live live = found.get();
        if (!live.resourceVersion().equals(expected)) {
            return Outcome.CONFLICT;
        }
        return write(live, FluxJson.json().valueToTree(status));
    }

    /** Brings the status of an object up to date with why it is refused, or is not any more. */
    Outcome show(ResourceId id) {
        Optional<Live> found = outdated.remove(id) ? fetched(id) : source.live(id);
        if (found.isEmpty()) {
            return Outcome.GONE;
        }
        JsonNode own = VerdictConditions.without(found.get().statusTree());
        return write(found.get(), own.isMissingNode() ? FluxJson.json().createObjectNode() : own);
    }

    private Outcome write(Live live, JsonNode own) {
        if (live.shadow()) {
            return Outcome.UNCHANGED;
        }
        JsonNode before = live.statusTree();
        JsonNode all = Live.normal(verdicts.over(own, before, problems(live), live.generation()));
        JsonNode wanted = declared.within(live.id().kind(), all);
        if (wanted.equals(before) || (before.isMissingNode() && wanted.isEmpty())) {
            return Outcome.UNCHANGED;
        }
        Answer answer = put(live, wanted);
        if (DeclaredStatuses.isRefused(answer) && declared.learn(source.served(live.id()))) {
            wanted = declared.within(live.id().kind(), all);
            if (wanted.equals(before)) {
                return Outcome.UNCHANGED;
            }
            answer = put(live, wanted);
            if (DeclaredStatuses.isRefused(answer)) {
                declared.unapplied(live.id());
                answer = put(live, wanted);
            }
        }
        if (answer.code() == Answer.INVALID) {
            // an apply takes away no more than its own part: what is left of a map that another wrote, too, is refused
            answer = merge(live, wanted);
        }
        if (answer.code() == Answer.CONFLICT) {
            outdated.add(live.id());
            return Outcome.CONFLICT;
        }
        if (isGone(answer, live.id())) {
            return Outcome.GONE;
        }
        check(answer, live.id(), "patch the status of");
        source.answered(live.id(), answer.body());
        removeStale(live, answer, wanted);
        return Outcome.WRITTEN;
    }

    private Answer put(Live live, JsonNode status) {
        ObjectNode patch = FluxJson.json().createObjectNode();
        if (declared.isUnapplied(live.id())) {
            return merge(live, status);
        }
        patch.put("apiVersion", source.served(live.id()).apiVersion())
                .put("kind", live.id().kind());
        named(patch, live);
        patch.set("status", status);
        return send(live, "?force=true&fieldManager=", ClusterApi.APPLY, patch);
    }

    private Answer merge(Live live, JsonNode status) {
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.putObject("metadata").put("resourceVersion", live.resourceVersion());
        patch.set("status", StaleMembers.replacing(live.statusTree(), status));
        return send(live, "?fieldManager=", ClusterApi.MERGE, patch);
    }

    private static List<Problem> problems(Live live) {
        return live.refusal() == null ? List.of() : List.of(new Problem(Severity.ERROR, "", live.refusal(), live.id()));
    }

    private static void named(ObjectNode patch, Live live) {
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("name", live.id().name());
        if (!live.id().namespace().isEmpty()) {
            metadata.put("namespace", live.id().namespace());
        }
        metadata.put("uid", live.uid()).put("resourceVersion", live.resourceVersion());
    }

    private Answer send(Live live, String parameters, String contentType, JsonNode patch) {
        String path = source.served(live.id()).object(live.id()) + "/status" + parameters
                + StatusWriters.fieldOwner(live.id().kind());
        return api.send("PATCH", path, contentType, patch);
    }

    /** An apply leaves alone what another manager once wrote, such as Flux's controllers before they were replaced. */
    private void removeStale(Live live, Answer applied, JsonNode wanted) {
        ObjectNode removal = StaleMembers.of(applied.body().path("status"), wanted);
        if (removal.isEmpty()) {
            return;
        }
        ObjectNode patch = FluxJson.json().createObjectNode();
        patch.putObject("metadata").put("resourceVersion", applied.resourceVersion());
        patch.set("status", removal);
        Answer answer = send(live, "?fieldManager=", ClusterApi.MERGE, patch);
        if (answer.isSuccess()) {
            source.answered(live.id(), answer.body());
        } else {
            // the next write finds them again
            outdated.add(live.id());
        }
    }

    /** The same code says that there is no status subresource. */
    private static boolean isGone(Answer answer, ResourceId id) {
        return answer.code() == Answer.NOT_FOUND
                && answer.body().path("details").path("name").asText().equals(id.name());
    }

    private void check(Answer answer, ResourceId id, String verb) {
        if (answer.isSuccess()) {
            return;
        }
        String remedy =
                switch (answer.code()) {
                    case Answer.FORBIDDEN -> ": grant it to the service's account";
                    case Answer.NOT_FOUND -> ": its definition has no status subresource, apply deploy/crds";
                    default -> DeclaredStatuses.isRefused(answer) ? ": its definition is older, apply deploy/crds" : "";
                };
        throw ClusterApi.failure("cannot " + verb + ' ' + id + remedy + " (" + answer.message() + ')', null);
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    /** By a finalizer; with one request, the first time. */
    @Override
    public void keep(Resource<?> resource) {
        ResourceId id = resource.id();
        Optional<Live> live = outdated.remove(id) ? fetched(id) : live(id);
        if (live.isEmpty() || live.get().deleting() || live.get().finalizers().contains(Finalizers.OURS)) {
            return;
        }
        Answer answer = finalizers(live.get(), Finalizers.with(live.get().finalizers()));
        if (answer.code() == Answer.CONFLICT) {
            outdated.add(id);
        }
        check(answer, id, "keep");
        source.answered(id, answer.body());
    }

    @Override
    public Optional<Resource<?>> kept(ResourceId id) {
        return source.live(id)
                .filter(ClusterStatuses::isKept)
                .flatMap(live -> Optional.<Resource<?>>ofNullable(live.resource()));
    }

    /** The status goes with its object, which waits for this if it is kept. */
    @Override
    public void remove(ResourceId id) {
        outdated.remove(id);
        Optional<Live> live = source.live(id).filter(ClusterStatuses::isKept);
        if (live.isEmpty()) {
            return;
        }
        Answer answer = finalizers(live.get(), Finalizers.without(live.get().finalizers()));
        if (!isGone(answer, id)) {
            check(answer, id, "remove the finalizer of");
        }
    }

    private Answer finalizers(Live live, List<String> finalizers) {
        return Finalizers.replace(api, source.served(live.id()), live.id(), finalizers, live.resourceVersion());
    }

    private static boolean isKept(Live live) {
        return live.deleting() && live.finalizers().contains(Finalizers.OURS);
    }

    @Override
    public Set<ResourceId> leftBehind(Kind<?> kind) {
        return source.live(kind).stream()
                .filter(ClusterStatuses::isKept)
                .map(Live::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
