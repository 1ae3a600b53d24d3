package dev.tidemark.evaluation.whatif;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static dev.tidemark.evaluation.replay.Past.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.replay.Past;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatIfTest {

    private final Past past = new Past(4);
    private Instant since = NOON;

    @TempDir
    private Path folder;

    /** At noon 1.0.0 is selected; 1.1.0 comes at one, 2.0.0 at two, 1.2.0 at three; asked at four. */
    private void happen() {
        past.write(past.policy(FEED, "app", ">=1.0.0", Map.of()));
        past.listed(FEED, "1.0.0");
        past.pass(Duration.ofHours(30));
        since = past.now();
        push(1, "1.1.0");
        push(1, "2.0.0");
        push(1, "1.2.0");
        past.pass(Duration.ofHours(1));
    }

    private void push(int hours, String tag) {
        past.pass(Duration.ofHours(hours));
        past.pushed(FEED, tag);
    }

    @Test
    void anotherRange() {
        happen();

        WhatIf.Result result = only(ask(policy("1.x", "")));

        assertThat(said(result))
                .containsExactly(
                        "+0h 1.0.0 | 1.0.0 Succeeded",
                        "+1h 1.1.0 | 1.1.0 Succeeded",
                        "+2h 1.1.0 | 2.0.0 Succeeded differs",
                        "+3h 1.2.0 | 2.0.0 Succeeded differs");
        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("1.2.0", null));
        assertThat(result.selected()).containsExactly(new SelectedTag("2.0.0", null));
        assertThat(result.same()).isFalse();
        assertThat(result.changes()).isEqualTo(2);
        assertThat(result.recordedChanges()).isEqualTo(2);
        assertThat(result.leftOut()).isZero();
        assertThat(result.warnings()).isEmpty();
        assertThat(result.moments().getLast().sentence())
                .isEqualTo("Latest image tag for ghcr.io/my-org/my-app resolved to 1.2.0"
                        + " (previously ghcr.io/my-org/my-app:1.1.0)");
    }

    @Test
    void aMinimumAge() {
        happen();

        WhatIf.Result result = only(ask(policy(">=1.0.0", "tidemark.dev/minimum-age: 90m")));

        // 1.1.0 is old enough at half past two, 2.0.0 at half past three; by itself, no record wakes it
        assertThat(said(result))
                .containsExactly(
                        "+0h 1.0.0 | 1.0.0 Succeeded",
                        "+1h 1.0.0 | 1.1.0 TooYoung differs",
                        "+2h 1.0.0 | 2.0.0 TooYoung differs",
                        "+2.5h 1.1.0 | 2.0.0 TooYoung differs",
                        "+3.5h 2.0.0 | 2.0.0 Succeeded");
        assertThat(result.same()).isTrue();
        assertThat(result.moments().get(1).sentence()).contains("1.1.0 is too young until 2026-11-23T20:30:00Z");
    }

    @Test
    void aHold() {
        happen();

        WhatIf.Result result = only(ask(policy(">=1.0.0", "tidemark.dev/hold: \"1.1.0\"")));

        assertThat(said(result))
                .containsExactly(
                        "+0h 1.0.0 | 1.0.0 Held", "+1h 1.1.0 | 1.1.0 Succeeded", "+2h 1.1.0 | 2.0.0 Held differs");
    }

    @Test
    void aRangeThatNothingFits() {
        happen();

        WhatIf.Result result = only(ask(policy(">=9.0.0", "")));

        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("1.0.0", null));
        assertThat(said(result))
                .containsExactly(
                        "+0h 1.0.0 | 1.0.0 Failure",
                        "+1h 1.0.0 | 1.1.0 Failure differs",
                        "+2h 1.0.0 | 2.0.0 Failure differs");
        assertThat(result.changes()).isZero();
    }

    @Test
    void aStopHoldsAsItDidThen() {
        happen();
        past.write(new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, Event.ControlAction.HALT, "ada", "a bad release"));
        push(1, "1.3.0");

        WhatIf.Result result = only(ask(policy("1.x", "")));

        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("1.2.0", null));
        assertThat(result.moments().getLast().reason()).isEqualTo("Halted");
        assertThat(result.moments().getLast().sentence()).contains("ada: a bad release");
    }

    @Test
    void aDigestThatNobodyAskedForIsUnknown() {
        happen();

        WhatIf.Result result = only(ask(policy(">=1.0.0", "", "  digestReflectionPolicy: IfNotPresent\n")));

        assertThat(result.moments().getFirst().reason()).isEqualTo("Failed");
        assertThat(result.moments().getFirst().unknown())
                .isEqualTo("nobody asked then for the digest of ghcr.io/my-org/my-app:1.0.0");
        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("1.0.0", null));
    }

    @Test
    void aDigestThatWasRecordedBeforeStandsForTheAnswer() {
        past.write(past.policy(FEED, "app", ">=1.0.0", Map.of()));
        past.listed(FEED, "1.0.0");
        found("1.0.0", "a");
        past.pass(Duration.ofHours(30));
        since = past.now();
        past.pass(Duration.ofHours(1));
        found("1.1.0", "b");
        push(1, "1.2.0");
        past.pass(Duration.ofHours(1));
        found("1.2.0", "c");
        past.pass(Duration.ofHours(1));

        WhatIf.Result result = only(ask(policy(">=1.0.0", "", "  digestReflectionPolicy: IfNotPresent\n")));

        assertThat(result.moments())
                .extracting(moment -> hours(moment.at()) + ' ' + moment.wouldSelect() + ' ' + moment.reason())
                .containsExactly(
                        "+0h [" + new SelectedTag("1.0.0", null) + "] Failed",
                        "+0.02h [" + new SelectedTag("1.0.0", digest("a")) + "] Succeeded",
                        "+1h [" + new SelectedTag("1.1.0", digest("b")) + "] Succeeded",
                        "+2h [" + new SelectedTag("1.1.0", digest("b")) + "] Failed",
                        "+3h [" + new SelectedTag("1.2.0", digest("c")) + "] Succeeded");
        assertThat(result.moments())
                .extracting(moment -> String.valueOf(moment.unknown()))
                .containsExactly(
                        "null",
                        "null",
                        "null",
                        "nobody asked then for the digest of ghcr.io/my-org/my-app:1.2.0",
                        "null");
    }

    @Test
    void whetherATagIsGoneThatNobodyAskedForIsUnknown() {
        happen();
        var scan = past.scan(null);
        past.write(new Event.TagRemoved(FEED, "1.2.0", scan, Event.Scope.SCAN));
        past.write(new Event.ScanCompleted(FEED, scan, 0, 0, 1, "checksum"));
        past.pass(Duration.ofHours(1));

        WhatIf.Result result = only(ask(policy("1.x", "")));

        assertThat(result.moments().getLast().reason()).isEqualTo("AwaitingConfirmation");
        assertThat(result.moments().getLast().unknown())
                .isEqualTo("nobody asked then whether ghcr.io/my-org/my-app:1.2.0 is gone");
        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("1.2.0", null));
    }

    @Test
    void aProvidersList() {
        for (String tag : List.of("1.0.0", "1.1.0", "2.0.0")) {
            found(tag, tag.substring(0, 1));
        }
        past.listed(FEED, "1.0.0", "1.1.0", "2.0.0");
        past.pass(Duration.ofHours(30));
        since = past.now();
        push(1, "1.2.0");
        past.pass(Duration.ofHours(1));

        WhatIf.Result result = only(ask("""
                apiVersion: fluxcd.controlplane.io/v1
                kind: ResourceSetInputProvider
                metadata: {name: tags, namespace: apps}
                spec:
                  type: OCIArtifactTag
                  url: oci://ghcr.io/my-org/my-app
                  filter: {semver: 1.x, limit: 2}
                """));

        assertThat(result.moments())
                .extracting(moment -> hours(moment.at()) + ' ' + moment.wouldSelect() + ' ' + moment.reason())
                .contains("+0.02h [" + new SelectedTag("1.1.0", digest("1")) + ", "
                        + new SelectedTag("1.0.0", digest("1")) + "] Succeeded");
        assertThat(result.moments().getLast().reason()).isEqualTo("AwaitingDigests");
        assertThat(result.moments().getLast().unknown())
                .isEqualTo("nobody asked then for the digest of ghcr.io/my-org/my-app:1.2.0");
        assertThat(result.selected()).isEmpty();
    }

    static List<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(i -> 15_485_863L * i + 3).toList();
    }

    /** Nothing was changed: all of it is what happened. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anUnchangedPolicySelectsWhatItDid(long seed) {
        boolean middle = seed % 2 == 0;
        past.write(past.policy(FEED, "app", ">=0.0.0", Map.of("tidemark.dev/minimum-age", "40m")));
        TagHistory history = new TagHistory(past, new Random(seed));
        history.happen(60);
        since = past.now();
        past.pass(Duration.ofMinutes(10));
        int before = past.decisions().size();
        history.happen(60);
        past.pass(Duration.ofHours(1));

        WhatIf.Result result = only(ask(
                policy(">=0.0.0", "tidemark.dev/minimum-age: 40m"),
                records -> middle ? Past.compacted(records, since.minus(Duration.ofHours(24))) : records));

        assertThat(past.decisions().size()).isGreaterThan(before);
        assertThat(result.moments())
                .allSatisfy(moment -> assertThat(moment.same()).isTrue());
        assertThat(result.changes()).isEqualTo(result.recordedChanges());
        assertThat(result.same()).isTrue();
    }

    @Test
    void aPolicyThatWasNeverDeclaredNeedsItsRepository() {
        past.write(past.policy(FEED, "another", ">=1.0.0", Map.of()));
        past.listed(FEED, "1.0.0");
        past.pass(Duration.ofHours(1));
        since = past.now();
        push(1, "1.1.0");

        assertThatThrownBy(() -> ask(policy("1.x", "")))
                .isInstanceOf(WhatIfException.class)
                .hasMessage("ImagePolicy apps/app was not declared then: write its ImageRepository into policy.yaml,"
                        + " too");

        WhatIf.Result result = only(ask(policy("1.x", "") + repository("ghcr.io/my-org/my-app")));
        assertThat(said(result)).containsExactly("+0h 1.0.0 |  Succeeded differs", "+1h 1.1.0 |  Succeeded differs");
    }

    @Test
    void anImageThatNobodyWatched() {
        happen();

        assertThatThrownBy(() -> ask(policy("1.x", "") + repository("ghcr.io/my-org/unknown")))
                .isInstanceOf(WhatIfException.class)
                .hasMessage("nothing is recorded of the tags of ghcr.io/my-org/unknown#: ask about an image that was"
                        + " watched then, or export a longer range");
    }

    @Test
    void aManifestWithoutPolicies() {
        happen();

        assertThatThrownBy(() -> ask(repository("ghcr.io/my-org/my-app")))
                .isInstanceOf(WhatIfException.class)
                .hasMessageStartingWith("policy.yaml holds no ImagePolicy and no ResourceSetInputProvider");
        assertThatThrownBy(() -> ask("")).isInstanceOf(WhatIfException.class);
    }

    @Test
    void aManifestIsReadAsStrictlyAsEverywhere() {
        happen();

        assertThatThrownBy(() -> ask(policy("1.x", "").replace("{range: \"1.x\"}", "1.x")))
                .isInstanceOf(WhatIfException.class)
                .hasMessageContaining("policy.yaml:");
        assertThatThrownBy(() -> ask(policy("1.x", "tidemark.dev/minimum-aeg: 1h")))
                .isInstanceOf(WhatIfException.class)
                .hasMessageContaining("policy.yaml:")
                .hasMessageContaining("minimum-age");

        assertThat(only(ask(policy("1.x", "", "  pollicy: {}\n"))).warnings())
                .singleElement()
                .asString()
                .contains("policy.yaml:")
                .contains("pollicy");
    }

    @Test
    void severalPoliciesOfOneFile() {
        happen();

        assertThat(ask(policy("1.x", "") + "---\n" + policy("2.x", "").replace("name: app,", "name: two,")
                        + repository("ghcr.io/my-org/my-app")))
                .extracting(result -> result.target().name()
                        + ' '
                        + result.wouldSelect().getFirst().tag())
                .containsExactly("app 1.2.0", "two 2.0.0");
    }

    @Test
    void aPolicyWithAnAnswerOfAnotherImageStartsWithNothing() {
        happen();
        Feed other = Feed.parse("ghcr.io/my-org/other#");
        past.listed(other, "7.0.0");

        WhatIf.Result result = only(ask(policy(">=1.0.0", "") + repository("ghcr.io/my-org/other")));

        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("7.0.0", null));
        assertThat(result.moments().getFirst().wouldSelect()).isEmpty();
    }

    private void found(String tag, String digest) {
        past.write(new Event.TagDiscovered(FEED, tag, digest(digest), past.scan(null), Event.Scope.TAG, past.now()));
    }

    private static String digest(String letter) {
        return "sha256:" + letter.repeat(64);
    }

    private List<WhatIf.Result> ask(String manifest) {
        return ask(manifest, records -> records);
    }

    private List<WhatIf.Result> ask(String manifest, java.util.function.UnaryOperator<List<HistoryRecord>> alteration) {
        try (RangeFile range = past.export(folder, since, alteration)) {
            return WhatIf.of(range, "policy.yaml", manifest);
        }
    }

    private static WhatIf.Result only(List<WhatIf.Result> results) {
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    /** When, what would have been selected, what was, and why. */
    private List<String> said(WhatIf.Result result) {
        return result.moments().stream()
                .map(moment -> hours(moment.at()) + ' ' + tags(moment.wouldSelect()) + " | " + tags(moment.recorded())
                        + ' ' + moment.reason() + (moment.same() ? "" : " differs"))
                .toList();
    }

    private String hours(Instant at) {
        double hours = Math.round(Duration.between(since, at).toSeconds() / 36.0) / 100.0;
        return "+" + (hours == Math.rint(hours) ? String.valueOf((long) hours) : String.valueOf(hours)) + "h";
    }

    private static String tags(List<SelectedTag> tags) {
        return String.join(",", tags.stream().map(SelectedTag::tag).toList());
    }

    private static String policy(String range, String annotation) {
        return policy(range, annotation, "");
    }

    private static String policy(String range, String annotation, String more) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: apps, annotations: {%s}}
                spec:
                  imageRepositoryRef: {name: app}
                  policy: {semver: {range: "%s"}}
                """.formatted(annotation, range) + more;
    }

    private static String repository(String image) {
        return """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: apps}
                spec: {image: %s, interval: 5m}
                """.formatted(image);
    }
}
