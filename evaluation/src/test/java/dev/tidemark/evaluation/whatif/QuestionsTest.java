package dev.tidemark.evaluation.whatif;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a manifest asks, and what it lacks. */
class QuestionsTest extends Asking {

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
}
