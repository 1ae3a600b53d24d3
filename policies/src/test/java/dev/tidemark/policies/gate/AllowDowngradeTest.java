package dev.tidemark.policies.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.policies.Parsed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowDowngradeTest {

    private static final HeldBack UNCONFIRMED = HeldBack.asking(
            new Check("1.5.0", CheckPurpose.CONFIRM_GONE),
            new HeldBack.Reason("AwaitingConfirmation", "AWAITING_CONFIRMATION"),
            "1.5.0 is not listed any more: 1.4.0 is selected when the registry confirms that it is gone");

    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "true, true"})
    void confirmedGoesDownWhenThePolicyNoLongerWantsTheTagOrTheRegistryHasItNot(boolean unwanted, boolean gone) {
        assertThat(down(AllowDowngrade.CONFIRMED, unwanted, gone)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void confirmedAsksTheRegistryOtherwise() {
        assertThat(down(AllowDowngrade.CONFIRMED, false, false)).isEqualTo(UNCONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void alwaysAndNeverAskNothing(boolean unwanted, boolean gone) {
        assertThat(down(AllowDowngrade.ALWAYS, unwanted, gone)).isEqualTo(Admission.ADMITTED);
        assertThat(down(AllowDowngrade.NEVER, unwanted, gone))
                .isEqualTo(HeldBack.of(
                        new HeldBack.Reason("DowngradeForbidden", "DOWNGRADE_FORBIDDEN"),
                        "all listed tags are lower than 1.5.0, and tidemark.dev/allow-downgrade says never"));
    }

    @Test
    void whereNothingIsWrittenItHasToBeConfirmed() {
        assertThat(Gates.NONE.descent(new Descent("1.5.0", "1.4.0", false, false)))
                .isEqualTo(UNCONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({"never, NEVER", "' confirmed ', CONFIRMED", "always, ALWAYS"})
    void readsTheThree(String text, AllowDowngrade read) {
        assertThat(AllowDowngrade.KIND.parser().apply(text)).isEqualTo(Parsed.of(read));
        assertThat(Gates.readForList(Map.of(AllowDowngrade.ANNOTATION, text)))
                .isInstanceOfSatisfying(
                        Gates.Reading.Valid.class,
                        valid -> assertThat(valid.gates().list()).containsExactly(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "true", "Never", "never,always"})
    void refusesEveryOtherWord(String text) {
        assertThat(AllowDowngrade.KIND.parser().apply(text))
                .isEqualTo(Parsed.malformed("write one of never, confirmed, always"));
    }

    private static Admission down(AllowDowngrade rule, boolean unwanted, boolean gone) {
        return rule.descent(new Descent("1.5.0", "1.4.0", unwanted, gone));
    }
}
