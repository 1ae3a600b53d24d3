package dev.tidemark.evaluation.whatif;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.history.Ranges;
import dev.tidemark.evaluation.replay.Past;
import dev.tidemark.events.Event;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Topic;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatIfTest extends Asking {

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

    /** What was selected is not known then, and the answer says that there was something. */
    @Test
    void whatANewerVersionSelectedIsSaid() {
        happen();

        WhatIf.Result result = only(ask(policy(">=1.0.0", ""), records -> records.stream()
                .map(one -> one.topic() == Topic.TAG_SELECTED && text(one).contains("2.0.0") ? newer(one) : one)
                .toList()));

        assertThat(result.leftOut()).isEqualTo(1);
        assertThat(result.wouldSelect()).containsExactly(new SelectedTag("2.0.0", null));
        assertThat(result.selected()).containsExactly(new SelectedTag("1.1.0", null));
    }

    private static HistoryRecord newer(HistoryRecord one) {
        byte[] value = text(one).replace("tag-selected.v1", "tag-selected.v2").getBytes(UTF_8);
        return Ranges.record(one.topic(), one.partition(), one.offset(), one.at(), one.key(), value);
    }

    private static String text(HistoryRecord one) {
        return new String(Objects.requireNonNull(one.value()), UTF_8);
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

    /** In an installation that ran: what it selected, a little later than what it follows from. */
    @Test
    void overWhatARealInstallationRecorded() throws URISyntaxException {
        Path recorded = Path.of(Objects.requireNonNull(WhatIfTest.class.getResource("/history/recorded.jsonl"))
                .toURI());
        String exact = policy("1.x", "", "  digestReflectionPolicy: IfNotPresent\n")
                .replace("{name: app, namespace: apps", "{name: exact, namespace: flux-system");
        try (RangeFile range = RangeFile.open(recorded)) {
            WhatIf.Result same = only(WhatIf.of(range, "policy.yaml", exact));
            assertThat(same.same()).isTrue();
            assertThat(same.changes()).isGreaterThanOrEqualTo(same.recordedChanges());
            assertThat(same.recordedChanges()).isEqualTo(26);
            assertThat(same.moments().reversed().subList(0, 20)).allMatch(WhatIf.Moment::same);

            WhatIf.Result older = only(WhatIf.of(range, "policy.yaml", exact.replace("1.x", "1.5.x")));
            assertThat(older.same()).isFalse();
            assertThat(older.wouldSelect()).extracting(SelectedTag::tag).containsExactly("1.5.14");
        }
    }

    private void found(String tag, String digest) {
        past.write(new Event.TagDiscovered(FEED, tag, digest(digest), past.scan(null), Event.Scope.TAG, past.now()));
    }

    private static String digest(String letter) {
        return "sha256:" + letter.repeat(64);
    }
}
