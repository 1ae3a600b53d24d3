package dev.tidemark.flux.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Where what Tidemark has decided differs from what another controller wrote: what users see, no times and no words. */
public record ShadowComparison(List<String> differences) {

    /** Members whose values are decisions, of all kinds. */
    private static final List<String> DECIDED = List.of("/canonicalImageName", "/exportedInputs");

    private static final List<String> LATEST = List.of("/latestRef/name", "/latestRef/tag", "/latestRef/digest");

    /** What older controllers have in its place. */
    private static final List<String> LATEST_IMAGE = List.of("/latestImage");

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
        String then = ready(theirs);
        String now = ready(ours);
        if (!now.isEmpty() && !now.equals(then)) {
            differences.add("Ready is " + (then.isEmpty() ? "absent" : then) + ", and would be " + now);
        }
        return new ShadowComparison(differences);
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
