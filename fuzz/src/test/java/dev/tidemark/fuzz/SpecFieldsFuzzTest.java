package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidemark.committer.app.GitCommitter;
import dev.tidemark.committer.domain.AutomationPlan;
import dev.tidemark.committer.domain.PlanOutcome;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.References;
import dev.tidemark.committer.domain.Selections;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverStatus;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.domain.FeedDeclaration;
import dev.tidemark.watcher.hook.HookRequest;
import dev.tidemark.watcher.hook.WebhookHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Any text as the value of each field of a spec, one field at a time in an object of its own: that object fails or not,
 * nothing is thrown where all objects are looked at, and the good ones are served as before.
 */
class SpecFieldsFuzzTest {

    private static final List<ObjectNode> OBJECTS = Stream.of(
                    """
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, metadata: {name: NAME, namespace: apps},
             spec: {image: ghcr.io/o/a, interval: 1m, timeout: 10s, secretRef: {name: s}, serviceAccountName: s,
             certSecretRef: {name: s}, proxySecretRef: {name: s}, provider: generic, exclusionList: ['x']}}
            """,
                    """
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImagePolicy, metadata: {name: NAME, namespace: apps},
             spec: {imageRepositoryRef: {name: good, namespace: apps}, policy: {semver: {range: '*'}},
             filterTags: {pattern: x, extract: x}, digestReflectionPolicy: Never}}
            """,
                    """
            {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: NAME, namespace: apps},
             spec: {url: 'https://git.example/o/a', interval: 1m, timeout: 10s, provider: generic, ref: {branch: main}}}
            """,
                    """
            {apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageUpdateAutomation, metadata: {name: NAME, namespace: apps},
             spec: {interval: 1m, sourceRef: {kind: GitRepository, name: good}, update: {strategy: Setters, path: x},
             git: {checkout: {ref: {branch: main}}, commit: {author: {email: a@b.example, name: x}, messageTemplate: x},
             push: {branch: x}}, policySelector: {matchExpressions: [{key: a, operator: Exists}]}}}
            """,
                    """
            {apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, metadata: {name: NAME, namespace: apps},
             spec: {type: OCIArtifactTag, url: 'oci://ghcr.io/o/a', interval: 1m, serviceAccountName: s,
             filter: {includeTag: x, excludeTag: x, semver: '*'}, schedule: [{cron: '@daily', timeZone: UTC}]}}
            """,
                    """
            {apiVersion: notification.toolkit.fluxcd.io/v1, kind: Receiver, metadata: {name: NAME, namespace: apps},
             spec: {type: generic, interval: 1m, events: [x], secretRef: {name: token}, resources:
             [{apiVersion: image.toolkit.fluxcd.io/v1, kind: ImageRepository, name: good, namespace: apps,
             matchLabels: {a: x}}]}}
            """,
                    // Apart, since conditions are compiled anew for every object.
                    """
            {apiVersion: notification.toolkit.fluxcd.io/v1, kind: Receiver, metadata: {name: NAME-if, namespace: apps},
             spec: {type: generic, secretRef: {name: token}, resourceFilter: 'true', resources: [{kind: ImageRepository,
             name: good, filter: 'true'}]}}
            """)
            .map(SpecFieldsFuzzTest::parsed)
            .toList();

    private static final String TOKEN = """
            {apiVersion: v1, kind: Secret, metadata: {name: token, namespace: apps}, stringData: {token: t0ken}}
            """;

    private static final Selections NOTHING_SELECTED = target -> Optional.empty();

    private static final ObjectNode AUTOMATION = OBJECTS.get(3);

    /** Everything as it should be, named good. */
    private static final Map<ResourceId, Resource<?>> GOOD = good();

    private static final Pattern JAVA = Pattern.compile(
            "\\b(?:java|javax|com\\.fasterxml|dev\\.(?:tidemark|cel))\\.[a-z]|\\b[A-Z]\\w+(?:Exception|Error)\\b|unexpected fault");

    private static final CelFilters CONDITIONS = new CelFilters();

    private final Planner planner = new Planner("local", CrossNamespaceRefs.ALLOWED, (automation, fault) -> {});

    @FuzzTest(maxDuration = "5m")
    void values(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<ResourceId, Resource<?>> resources = new HashMap<>(GOOD);
        for (ObjectNode object : OBJECTS) {
            int fields = count(object.path("spec"));
            for (int field = 0; field < fields; field++) {
                ObjectNode changed = object.deepCopy();
                set(changed.path("spec"), field, text);
                read(named(changed, "other-" + field), resources);
            }
        }
        WatchedResources watched = new WatchedResources(resources, CONDITIONS);
        checkWatched(watched, text);
        checkPlanned(resources, text);
        checkReceivers(watched, text);
    }

    private static void checkWatched(WatchedResources watched, String text) {
        assertThat(watched.resources.watchlist().ofPartition(0)).anyMatch(feed -> feed.resources().keySet().stream()
                .anyMatch(id -> id.name().equals("good")));
        for (var repository : watched.resources.declared().all(Kinds.IMAGE_REPOSITORY)) {
            if (FeedDeclaration.of(repository) instanceof FeedDeclaration.Invalid(String reason, String message)) {
                checkMessage(message, text);
                assertThat(message).as("a fault").doesNotStartWith("'" + text + "' cannot be watched: ");
            }
        }
    }

    /** Each automation with a value of its own, and one for each GitRepository with one. */
    private void checkPlanned(Map<ResourceId, Resource<?>> declared, String text) {
        Map<ResourceId, Resource<?>> automations = new HashMap<>();
        Stream<Resource<GitRepositorySpec>> repositories =
                declared.values().stream().flatMap(resource -> resource.as(Kinds.GIT_REPOSITORY).stream());
        repositories.forEach(repository -> {
            ObjectNode user = AUTOMATION.deepCopy();
            ((ObjectNode) user.path("spec").path("sourceRef")).put("name", repository.name());
            read(named(user, "uses-" + repository.name()), automations);
        });
        ResourceCache resources = new ResourceCache(GitCommitter.KINDS, References.INDEXES, Runnable::run);
        declared.values().forEach(resources::upsert);
        automations.values().forEach(resources::upsert);
        for (var automation : resources.all(Kinds.IMAGE_UPDATE_AUTOMATION)) {
            switch (planner.plan(automation, resources)) {
                case PlanOutcome.Planned(AutomationPlan plan) ->
                    assertThat(planner.selected(List.of(plan), resources, NOTHING_SELECTED)
                                    .faults())
                            .isEmpty();
                case PlanOutcome.Suspended suspended -> throw new AssertionError(automation);
                case PlanOutcome.Problem problem -> checkBad(automation.name(), problem.message(), text);
            }
        }
    }

    private static void checkBad(String name, String message, String text) {
        assertThat(name).as(message).doesNotEndWith("good");
        checkMessage(message, text);
    }

    private static void checkReceivers(WatchedResources watched, String text) {
        Map<String, String> paths = new HashMap<>();
        for (var receiver : watched.resources.declared().all(Kinds.RECEIVER)) {
            ReceiverStatus status = watched.receivers
                    .status(receiver.id(), Instant.EPOCH)
                    .orElseThrow()
                    .after(Optional.empty());
            status.conditions().forEach(condition -> checkMessage(condition.message(), text));
            if (status.webhookPath() != null) {
                paths.put(receiver.name(), status.webhookPath());
            }
        }
        assertThat(paths).containsKeys("good", "good-if");
        for (Map.Entry<String, String> path : paths.entrySet()) {
            Map<String, String> headers = Map.of("Content-Type", "application/json");
            WebhookHandler.Answer answer =
                    watched.handler.receive(new HookRequest(path.getValue(), headers::get, new byte[] {'{', '}'}));
            switch (answer) {
                case WebhookHandler.Answer.Accepted accepted -> {}
                case WebhookHandler.Answer.Unusable(var receiver, String why) -> checkBad(path.getKey(), why, text);
                default -> checkBad(path.getKey(), answer.toString(), text);
            }
        }
    }

    /** Whoever writes a Java type into a field finds it in the message. */
    private static void checkMessage(String message, String text) {
        Matcher java = JAVA.matcher(message);
        if (java.find()) {
            assertThat(text).as(message).contains(java.group());
        }
    }

    private static Map<ResourceId, Resource<?>> good() {
        Map<ResourceId, Resource<?>> good = new HashMap<>();
        OBJECTS.forEach(object -> read(named(object.deepCopy(), "good"), good));
        read(parsed(TOKEN), good);
        return Map.copyOf(good);
    }

    private static ObjectNode named(ObjectNode object, String name) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.put("name", metadata.path("name").textValue().replace("NAME", name));
        return object;
    }

    private static void read(ObjectNode object, Map<ResourceId, Resource<?>> resources) {
        if (ResourceReader.read(object) instanceof ResourceReader.Outcome.Read(Resource<?> resource)) {
            resources.put(resource.id(), resource);
        }
    }

    private static ObjectNode parsed(String yaml) {
        try {
            return (ObjectNode) FluxJson.readYaml(yaml);
        } catch (IOException e) {
            throw new AssertionError(yaml, e);
        }
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
