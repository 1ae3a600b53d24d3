package dev.tidemark.flux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The moments of flux-git-based 3.3. */
class ConditionsTest {

    private static final Instant THEN = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.987Z");
    private static final Instant NOW_IN_SECONDS = Instant.parse("2026-11-22T09:30:00Z");
    private static final List<Condition> READY =
            Conditions.after(List.of(), 1, THEN).succeeded("Succeeded", "well");

    @Test
    void successLeavesReadyAlone() {
        var before = Conditions.after(List.of(), 1, THEN).retrying("AuthenticationFailed", "no access");
        assertThat(Conditions.after(before, 2, NOW).succeeded("Succeeded", "well"))
                .containsExactly(new Condition("Ready", "True", "Succeeded", "well", 2, NOW_IN_SECONDS));
    }

    @Test
    void aFailureThatWillBeTriedAgainIsReconciling() {
        assertThat(Conditions.after(READY, 2, NOW).retrying("ReadOperationFailed", "429"))
                .containsExactly(
                        new Condition("Reconciling", "True", "ProgressingWithRetry", "429", 2, NOW_IN_SECONDS),
                        new Condition("Ready", "False", "ReadOperationFailed", "429", 2, NOW_IN_SECONDS));
    }

    @Test
    void theNextTryDoesNotChangeWhatReadySays() {
        assertThat(Conditions.after(READY, 2, NOW).retrying("ReadOperationFailed", "429", NOW))
                .extracting(Condition::message)
                .containsExactly("429; next try at 2026-11-22T09:30:00Z", "429");
    }

    @Test
    void aFailureForGoodIsStalled() {
        assertThat(Conditions.after(READY, 2, NOW).stalled("InvalidPolicy", "no range"))
                .containsExactly(
                        new Condition("Stalled", "True", "InvalidPolicy", "no range", 2, NOW_IN_SECONDS),
                        new Condition("Ready", "False", "InvalidPolicy", "no range", 2, NOW_IN_SECONDS));
    }

    @Test
    void whatIsReadyStaysReadyWhileWorkGoesOn() {
        assertThat(Conditions.after(READY, 2, NOW).progressing("scanning"))
                .containsExactly(
                        new Condition("Reconciling", "True", "Progressing", "scanning", 2, NOW_IN_SECONDS),
                        READY.getFirst());
    }

    @Test
    void whatWaitsForSomethingElseSaysSo() {
        assertThat(Conditions.after(List.of(), 2, NOW).awaiting("no selection"))
                .containsExactly(
                        new Condition("Reconciling", "True", "DependencyNotReady", "no selection", 2, NOW_IN_SECONDS),
                        new Condition("Ready", "Unknown", "DependencyNotReady", "no selection", 2, NOW_IN_SECONDS));
        assertThat(Conditions.after(READY, 2, NOW).awaiting("no selection")).contains(READY.getFirst());
    }

    @Test
    void whatFailedStaysFailedUntilTheRunKnowsBetter() {
        var failed = Conditions.after(READY, 1, THEN).stalled("InvalidPolicy", "no range");
        assertThat(Conditions.after(failed, 2, NOW).progressing("new generation"))
                .contains(failed.getLast())
                .noneMatch(c -> c.type().equals("Stalled"));
    }

    @Test
    void withoutAnythingKnownReadyIsUnknown() {
        assertThat(Conditions.after(List.of(), 1, NOW).progressing("reconciliation in progress"))
                .extracting(Condition::type, Condition::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Reconciling", "True"),
                        org.assertj.core.groups.Tuple.tuple("Ready", "Unknown"));
    }

    @Test
    void theTransitionTimeMovesOnlyWithStatusReasonOrMessage() {
        assertThat(Conditions.after(READY, 2, NOW)
                        .succeeded("Succeeded", "well")
                        .getFirst())
                .isEqualTo(new Condition("Ready", "True", "Succeeded", "well", 2, THEN));
        assertThat(Conditions.after(READY, 1, NOW)
                        .succeeded("Succeeded", "better")
                        .getFirst()
                        .lastTransitionTime())
                .isEqualTo(NOW_IN_SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "€", "🌊"})
    void messagesAreCutBetweenCharacters(String character) {
        String message = Conditions.after(List.of(), 1, NOW)
                .succeeded("Succeeded", "-" + character.repeat(Conditions.MAX_MESSAGE_BYTES))
                .getFirst()
                .message();
        assertThat(message.getBytes(StandardCharsets.UTF_8).length)
                .isBetween(Conditions.MAX_MESSAGE_BYTES - 4, Conditions.MAX_MESSAGE_BYTES);
        assertThat(message).endsWith(character + "...").doesNotContain("\ufffd");
    }
}
