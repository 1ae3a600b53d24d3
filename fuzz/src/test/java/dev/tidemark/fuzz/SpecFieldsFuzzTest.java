package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.Selections;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Target;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.watcher.domain.Watchlist;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any text as the value of each field of a spec, one field at a time in an object of its own: that object fails or not,
 * nothing is thrown where all objects are looked at, and the good ones are served as before.
 */
class SpecFieldsFuzzTest {

    private static final List<String> OBJECTS = List.of("""
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: NAME, namespace: apps},
             spec: {image: ghcr.io/o/a, interval: 1m, timeout: 10s, secretRef: {name: s}, serviceAccountName: s,
             certSecretRef: {name: s}, proxySecretRef: {name: s}, provider: generic, exclusionList: ['x']}}
            """, """
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImagePolicy, metadata: {name: NAME, namespace: apps},
             spec: {imageRepositoryRef: {name: good, namespace: apps}, policy: {semver: {range: '*'}},
             filterTags: {pattern: x, extract: x}, digestReflectionPolicy: Never}}
            """, """
            {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: NAME, namespace: apps},
             spec: {url: 'https://git.example/o/a', interval: 1m, timeout: 10s, provider: generic, ref: {branch: main}}}
            """, """
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageUpdateAutomation, metadata: {name: NAME, namespace: apps},
             spec: {interval: 1m, sourceRef: {kind: GitRepository, name: SOURCE}, update: {strategy: Setters, path: x},
             git: {checkout: {ref: {branch: main}}, commit: {author: {email: a@b.example, name: x}, messageTemplate: x},
             push: {branch: x}}, policySelector: {matchExpressions: [{key: a, operator: Exists}]}}}
            """, """
            {apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, metadata: {name: NAME, namespace: apps},
             spec: {type: OCIArtifactTag, url: 'oci://ghcr.io/o/a', interval: 1m, serviceAccountName: s,
             filter: {includeTag: x, excludeTag: x, semver: '*'}, schedule: [{cron: '@daily', timeZone: UTC}]}}
            """);

    private static final Selections NOTHING_SELECTED = new Selections() {
        @Override
        public Optional<Envelope<TagSelected>> of(Target target) {
            return Optional.empty();
        }

        @Override
        public boolean catchUp(Duration limit) {
            return true;
        }
    };

    private final Planner planner = new Planner("local", true);

    @FuzzTest(maxDuration = "5m")
    void values(byte[] input) throws JsonProcessingException {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<ResourceId, Resource<?>> resources = new HashMap<>();
        for (String object : OBJECTS) {
            ObjectNode good = parsed(object.replace("NAME", "good").replace("SOURCE", "good"));
            read(good, resources);
            ObjectNode other = parsed(object.replace("NAME", "other").replace("SOURCE", "other"));
            int fields = count(other.path("spec"));
            for (int field = 0; field < fields; field++) {
                ObjectNode changed = other.deepCopy();
                ((ObjectNode) changed.path("metadata")).put("name", "other-" + field);
                set(changed.path("spec"), field, text);
                read(changed, resources);
            }
        }
        ResourceSnapshot snapshot = new ResourceSnapshot(resources, List.of());

        assertThat(Watchlist.of(snapshot).feeds().values()).anyMatch(feed -> feed.resources().keySet().stream()
                .anyMatch(id -> id.name().equals("good")));
        snapshot.all(Kinds.IMAGE_UPDATE_AUTOMATION).forEach(automation -> {
            PlanOutcome outcome = planner.plan(automation, snapshot, NOTHING_SELECTED);
            assertThat(automation.name().equals("good") && !(outcome instanceof PlanOutcome.Planned))
                    .as("%s: %s", automation.name(), outcome)
                    .isFalse();
        });
    }

    private static void read(ObjectNode object, Map<ResourceId, Resource<?>> resources) {
        if (ResourceReader.read(object) instanceof ResourceReader.Outcome.Read(Resource<?> resource)) {
            resources.put(resource.id(), resource);
        }
    }

    private static ObjectNode parsed(String yaml) throws JsonProcessingException {
        return (ObjectNode) FluxJson.yaml().readTree(yaml);
    }

    private static int count(JsonNode node) {
        if (node.isTextual()) {
            return 1;
        }
        int fields = 0;
        for (JsonNode child : node) {
            fields += count(child);
        }
        return fields;
    }

    /** Sets the n-th text; returns how many are left to count. */
    private static int set(JsonNode node, int n, String text) {
        int left = n;
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isTextual()) {
                    if (left == 0) {
                        object.put(member.getKey(), text);
                        return -1;
                    }
                    left--;
                } else {
                    left = set(member.getValue(), left, text);
                }
                if (left < 0) {
                    return left;
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size() && left >= 0; i++) {
                if (list.get(i).isTextual()) {
                    if (left == 0) {
                        list.set(i, TextNode.valueOf(text));
                        return -1;
                    }
                    left--;
                } else {
                    left = set(list.get(i), left, text);
                }
            }
        }
        return left;
    }
}
