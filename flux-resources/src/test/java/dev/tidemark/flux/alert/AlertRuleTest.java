package dev.tidemark.flux.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.alert.AlertRule.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRuleTest {

    private static final Map<String, String> LABELS = Map.of("team", "a", "tier", "web");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: ImageUpdateAutomation, name: fleet                               | true",
                "kind: ImageUpdateAutomation, name: '*'                                 | true",
                "kind: ImageUpdateAutomation, name: other                               | false",
                "kind: ImagePolicy, name: '*'                                           | false",
                "kind: ImageUpdateAutomation, name: '*', namespace: apps                | true",
                "kind: ImageUpdateAutomation, name: '*', namespace: ''                  | true",
                "kind: ImageUpdateAutomation, name: '*', namespace: flux-system         | false",
                "kind: ImageUpdateAutomation, name: '*', matchLabels: {team: a}         | true",
                "kind: ImageUpdateAutomation, name: '*', matchLabels: {team: b}         | false",
                "kind: ImageUpdateAutomation, name: fleet, matchLabels: {team: a, x: y} | false",
            })
    void tellsOfTheObjectsThatItNames(String source, boolean told) {
        assertThat(isTold(Told.pushed(), "eventSources: [{" + source + "}]")).isEqualTo(told);
        assertThat(isTold(Told.pushed(), "eventSources: [{kind: Bucket, name: a}, {" + source + "}]"))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"'', true, true", "'eventSeverity: info, ', true, true", "'eventSeverity: error, ', false, true"})
    void tellsWhatIsBadEnough(String severity, boolean info, boolean error) {
        assertThat(isTold(Told.pushed(), severity + ALL)).isEqualTo(info);
        assertThat(isTold(Told.failed("no"), severity + ALL)).isEqualTo(error);
    }

    private static final String ALL = "eventSources: [{kind: ImageUpdateAutomation, name: '*'}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inclusionList: ['^pushed']                                | true",
                "inclusionList: ['^up-to-date$', 'branch .main.']          | true",
                "inclusionList: ['up-to-date']                             | false",
                "exclusionList: ['1\\.4\\.\\d']                            | false",
                "exclusionList: ['^1\\.4']                                 | true",
                "inclusionList: ['pushed'], exclusionList: ['web']         | false",
                "inclusionList: ['pushed'], exclusionList: ['api']         | true",
                "inclusionList: [], exclusionList: []                      | true",
            })
    void tellsWhatTheMessageAllows(String lists, boolean told) {
        assertThat(isTold(Told.pushed(), ALL + ", " + lists)).isEqualTo(told);
    }

    @Test
    void saysNothingWhileItIsSuspended() {
        assertThat(isTold(Told.pushed(), ALL + ", suspend: true")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inclusionList", "exclusionList"})
    void namesAnExpressionThatIsNone(String list) {
        assertThat(judge(Told.pushed(), ALL + ", " + list + ": ['a(']", CrossNamespaceRefs.ALLOWED))
                .isInstanceOfSatisfying(Verdict.Unusable.class, unusable -> assertThat(unusable.problem())
                        .startsWith("spec." + list + " has 'a(', which is no regular expression: "));
    }

    @Test
    void keepsToItsNamespaceWhereTheOthersAreBlocked() {
        String elsewhere = "eventSources: [{kind: ImageUpdateAutomation, name: '*', namespace: apps}]";
        var alert =
                Told.resource(Kinds.ALERT, "name: all, namespace: flux-system", "providerRef: {name: p}, " + elsewhere);

        assertThat(new AlertRule(alert).judge(Told.pushed(), LABELS, CrossNamespaceRefs.ALLOWED))
                .isInstanceOf(Verdict.Told.class);
        assertThat(new AlertRule(alert).judge(Told.pushed(), LABELS, CrossNamespaceRefs.BLOCKED))
                .isEqualTo(new Verdict.Unusable("it names objects of the namespace apps, and references to other"
                        + " namespaces are blocked: make an Alert there"));
    }

    /** Annotations say least, then the Alert, then its summary, and what the controller said most. */
    @Test
    void tellsWithTheMetadataOfAll() {
        String spec = ALL + ", eventMetadata: {env: staging, cluster: one, summary: x, commit: other}, summary: red";

        assertThat(judge(Told.pushed(), spec, CrossNamespaceRefs.ALLOWED))
                .isInstanceOfSatisfying(
                        Verdict.Told.class, told -> assertThat(told.event().metadata())
                                .containsExactlyInAnyOrderEntriesOf(Map.of(
                                        "env", "staging",
                                        "cluster", "one",
                                        "summary", "red",
                                        "commit", "other",
                                        "revision", "main@sha1:" + Told.COMMIT)));
    }

    private static boolean isTold(FluxEvent event, String spec) {
        return judge(event, spec, CrossNamespaceRefs.ALLOWED) instanceof Verdict.Told;
    }

    private static Verdict judge(FluxEvent event, String spec, CrossNamespaceRefs refs) {
        return new AlertRule(Told.alert("providerRef: {name: p}, " + spec)).judge(event, LABELS, refs);
    }
}
