package dev.tidemark.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluator.Manifests;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ControlAction;
import dev.tidemark.events.Event.ControlRequested;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.gate.Gate;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.schedule.WrittenDuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the examples of {@code docs/policies.md}: each manifest with the steps behind it. */
class PolicyExamplesTest implements DecisionPublisher {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```\\n```text\\n(.*?)```", Pattern.DOTALL);

    private static final String REPOSITORY = """
            ---
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: {name: my-app, namespace: apps}
            spec: {image: ghcr.io/my-org/my-app, interval: 5m}
            """;

    private String selected = "-";
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private Set<String> listed = new LinkedHashSet<>();
    private int second;

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        String page = page();
        List<DynamicTest> tests = new ArrayList<>();
        var examples = EXAMPLE.matcher(page);
        while (examples.find()) {
            String manifest = examples.group(1);
            String steps = examples.group(2);
            tests.add(DynamicTest.dynamicTest(
                    steps.lines().findFirst().orElse(""), () -> new PolicyExamplesTest().run(manifest, steps)));
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    /** Who adds a gate says what it does, shows it, and says what its reasons mean. */
    @Test
    void everyGateHasItsParagraph() throws IOException {
        String page = page();
        List<String> examples =
                EXAMPLE.matcher(page).results().map(one -> one.group(1)).toList();
        for (Gate.Kind kind : Gates.ALL) {
            assertThat(page).contains("\n### " + kind.annotation() + "\n");
            assertThat(examples)
                    .as("an example of %s", kind.annotation())
                    .anyMatch(manifest -> manifest.contains(kind.annotation() + ": "));
            kind.reasons().forEach(reason -> assertThat(page).containsPattern("\n\\|[^|\n]*`" + reason.name() + "`"));
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("tidemark.root"), "docs", "policies.md"));
    }

    private void run(String manifest, String steps) {
        Manifests manifests = Manifests.of(manifest + REPOSITORY);
        assertThat(manifests.wanted().values()).allMatch(WantedPolicy.Declares.class::isInstance);
        PolicyDeclared policy = manifests.declared().getFirst();
        var evaluation = new PolicyEvaluation(HeapTable.tables(), this, () -> now, "examples");
        apply(evaluation, policy);
        steps.lines().forEach(step -> {
            String[] sides = step.split(" → ", -1);
            take(evaluation, policy, sides[0]);
            assertThat(selected).as(step).isEqualTo(sides[1]);
        });
    }

    private void take(PolicyEvaluation evaluation, PolicyDeclared policy, String step) {
        List<String> words = List.of(step.split(" "));
        String what = words.size() > 1 ? words.get(1) : "";
        second++;
        Scan scan = new Scan("scan-" + second, Instant.EPOCH.plusSeconds(second));
        switch (words.getFirst()) {
            case "listed" -> list(evaluation, policy, scan, new LinkedHashSet<>(words.subList(1, words.size())));
            case "found" -> found(evaluation, policy, scan, what, Scope.TAG, now);
            case "missing" -> apply(evaluation, new Event.TagRemoved(policy.feed(), what, scan, Scope.TAG));
            case "after" -> {
                now = now.plus(((Parsed.Value<Duration>) WrittenDuration.parse(what)).value());
                evaluation.wake();
            }
            case "halt" -> apply(evaluation, control(ControlAction.HALT));
            case "lift" -> apply(evaluation, control(ControlAction.LIFT));
            default -> throw new IllegalArgumentException("not a step: " + step);
        }
    }

    private void list(PolicyEvaluation evaluation, PolicyDeclared policy, Scan scan, Set<String> tags) {
        tags.stream()
                .filter(tag -> !listed.contains(tag))
                .forEach(tag -> found(evaluation, policy, scan, tag, Scope.SCAN, null));
        listed.stream()
                .filter(tag -> !tags.contains(tag))
                .forEach(tag -> apply(evaluation, new Event.TagRemoved(policy.feed(), tag, scan, Scope.SCAN)));
        listed = tags;
        apply(evaluation, new Event.ScanCompleted(policy.feed(), scan, tags.size(), 0, 0, "checksum"));
    }

    private void found(
            PolicyEvaluation evaluation,
            PolicyDeclared policy,
            Scan scan,
            String what,
            Scope scope,
            @Nullable Instant firstSeen) {
        int at = what.indexOf('@');
        String tag = at < 0 ? what : what.substring(0, at);
        String digest = at < 0 ? null : what.substring(at + 1);
        apply(evaluation, new Event.TagDiscovered(policy.feed(), tag, digest, scan, scope, firstSeen));
    }

    private static Event control(ControlAction action) {
        return new ControlRequested(ControlRequested.EVERYTHING, action, "ada", "an example");
    }

    private void apply(PolicyEvaluation evaluation, Event event) {
        evaluation.apply(Envelope.first(event, "examples", now));
    }

    @Override
    public void publish(Envelope<? extends Event> envelope) {
        if (envelope.event() instanceof TagSelected selection) {
            selected = selection.tags().stream().map(PolicyExamplesTest::text).collect(Collectors.joining(" "));
        }
    }

    private static String text(SelectedTag tag) {
        return tag.digest() == null ? tag.tag() : tag.tag() + '@' + tag.digest();
    }

    @Override
    public void tombstone(Topic topic, String key) {}
}
