package dev.tidemark.policies.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.policies.decide.DecisionInput.Presence;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.Hold;
import dev.tidemark.policies.gate.MinimumAge;
import dev.tidemark.policies.gate.TagFacts;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Map<String, Instant> firstSeen = new HashMap<>();
    private final Map<String, String> annotations = new HashMap<>();
    private final TagPolicy policy = ((Compilation.Compiled)
                    TagPolicy.compile(new PolicySpec(new PolicyRule.Semver(">=1.0.0"), TagFilter.NONE)))
            .policy();
    private Optional<String> published = Optional.empty();

    @Test
    void explainsWhyAndWhyNot() {
        annotations.put(Hold.ANNOTATION, "!1.5.0");
        annotations.put(MinimumAge.ANNOTATION, "24h");
        published = Optional.of("1.4.0");
        firstSeen.put("1.6.0", NOW);
        List<String> tags =
                List.of("1.3.0", "1.4.0", "v1.4.0+b", "1.4.2", "1.5.0", "1.6.0", "0.1.0", "2.0.0-rc.1", "latest");

        assertThat(why(tags, "1.4.2")).isEqualTo(Why.Plain.SELECTED);
        assertThat(why(tags, "1.3.0")).isEqualTo(Why.Plain.LOWER);
        assertThat(why(tags, "1.5.0").name()).isEqualTo("SKIPPED");
        assertThat(why(tags, "1.6.0").name()).isEqualTo("TOO_YOUNG");
        assertThat(why(tags, "0.1.0")).isEqualTo(Why.Plain.OUT_OF_RANGE);
        assertThat(why(tags, "2.0.0-rc.1")).isEqualTo(Why.Plain.PRE_RELEASE_NOT_WANTED);
        assertThat(why(tags, "latest")).isEqualTo(Why.Plain.NOT_A_VERSION);
        assertThat(why(tags, "9.9.9")).isEqualTo(Why.Plain.NOT_LISTED);
        assertThat(sentence(tags, "1.4.2")).isEqualTo("1.4.2 is the choice of the policy (a patch step from 1.4.0)");
        assertThat(sentence(tags, "1.6.0")).endsWith(" (a minor step from 1.4.0)");
        assertThat(sentence(tags, "1.3.0")).doesNotContain("step");
        assertThat(Explanation.explain(policy, List.of("1.0.0", "v1.0.0"), "1.0.0"))
                .isEqualTo(new Explanation(
                        new Remark("1.0.0", Why.Plain.SAME_RANK),
                        Optional.of("v1.0.0"),
                        "1.0.0 ranks the same, a fixed rule prefers the other; v1.0.0 stays or is selected"));
    }

    @Test
    void explainsWhatIsHeld() {
        annotations.put(Hold.ANNOTATION, "1.4.0");
        published = Optional.of("1.4.0");
        List<String> tags = List.of("1.4.0", "1.5.0", "1.6.0");

        assertThat(sentence(tags, "1.4.0")).isEqualTo("1.4.0 stays: held on 1.4.0; 1.6.0 waits for the release");
        assertThat(why(tags, "1.4.0")).isEqualTo(Why.Plain.SELECTED);
        assertThat(sentence(tags, "1.5.0")).isEqualTo("1.5.0 ranks lower than 1.6.0; 1.4.0 stays or is selected");
        assertThat(sentence(tags, "1.6.0")).startsWith("held on 1.4.0; 1.6.0 waits for the release");
    }

    @Test
    void explainsThatAnAnnotationIsWrong() {
        annotations.put(MinimumAge.ANNOTATION, "soon");

        assertThat(sentence(List.of("1.0.0"), "1.0.0"))
                .startsWith("1.0.0 waits until this is corrected: annotation tidemark.dev/minimum-age is 'soon': ");
    }

    private String sentence(List<String> tags, String tag) {
        return Explanation.explain(input(new Candidates.All(tags)), tags, tag).sentence();
    }

    private Why why(List<String> tags, String tag) {
        Explanation explanation = Explanation.explain(input(new Candidates.All(tags)), tags, tag);
        assertThat(explanation.sentence()).startsWith(tag);
        return explanation.remark().why();
    }

    private DecisionInput input(Candidates candidates) {
        return new DecisionInput(
                policy,
                Gates.read(annotations),
                published,
                candidates,
                Presence.UNKNOWN,
                NOW,
                tag -> new TagFacts(Optional.ofNullable(firstSeen.get(tag)), Optional.empty()),
                Optional.empty());
    }
}
