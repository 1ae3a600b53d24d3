package dev.tidemark.flux.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Where what Tidemark has decided differs from what another controller wrote: what users see, no times and no words. */
public record ShadowComparison(List<String> differences) {

    /** Members whose values are decisions, of all kinds. */
    private static final List<String> DECIDED = List.of("/canonicalImageName", "/exportedInputs");

    private static final List<String> LATEST = List.of("/latestRef/name", "/latestRef/tag", "/latestRef/digest");

    /** What older controllers have in its place. */
    private static final List<String> LATEST_IMAGE = List.of("/latestImage");

    private static final String ENTRIES = "/inventory/entries";

    /** Of objects that are in one inventory only: as many as a line of a log can have. */
    private static final int MAX_NAMED = 10;

    private static final String READY = "Ready";

    public ShadowComparison {
        differences = List.copyOf(differences);
    }

    /** Compares two statuses; what ours does not say is not compared, such as a digest that nobody asks for. */
    public static ShadowComparison between(JsonNode theirs, JsonNode ours) {
        List<String> differences = new ArrayList<>();
        List<String> compared = new ArrayList<>(DECIDED);
        compared.addAll(theirs.has("latestImage") && !theirs.has("latestRef") ? LATEST_IMAGE : LATEST);
        for (String path : compared) {
            JsonNode own = ours.at(path);
            if (!own.isMissingNode() && !own.equals(theirs.at(path))) {
                differences.add(path.substring(1).replace('/', '.') + " is " + shown(theirs.at(path))
                        + ", and would be " + shown(own));
            }
        }
        compareInventories(theirs, ours, differences);
        String then = ready(theirs);
        String now = ready(ours);
        if (!now.isEmpty() && !now.equals(then)) {
            differences.add("Ready is " + (then.isEmpty() ? "absent" : then) + ", and would be " + now);
        }
        return new ShadowComparison(differences);
    }

    /** What is there and would not be, and the other way round; not in which order. */
    private static void compareInventories(JsonNode theirs, JsonNode ours, List<String> differences) {
        if (!ours.at(ENTRIES).isMissingNode()) {
            Set<String> then = inventory(theirs);
            Set<String> now = inventory(ours);
            without(now, then).ifPresent(ids -> differences.add("inventory lacks " + ids + ", and would have it"));
            without(then, now).ifPresent(ids -> differences.add("inventory has " + ids + ", and would not"));
        }
    }

    private static Set<String> inventory(JsonNode status) {
        return StreamSupport.stream(status.at(ENTRIES).spliterator(), false)
                .map(entry -> entry.path("id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> without(Set<String> some, Set<String> others) {
        List<String> ids = some.stream().filter(id -> !others.contains(id)).toList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        int more = ids.size() - MAX_NAMED;
        return Optional.of(String.join(", ", ids.subList(0, Math.min(ids.size(), MAX_NAMED)))
                + (more > 0 ? " and " + more + " more" : ""));
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.isTextual() ? value.asText() : value.toString();
    }

    private static String ready(JsonNode status) {
        return StreamSupport.stream(status.path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(READY))
                .findFirst()
                .orElse(MissingNode.getInstance())
                .path("status")
                .asText();
    }
}
