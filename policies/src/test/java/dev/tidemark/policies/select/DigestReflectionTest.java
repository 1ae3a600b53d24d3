package dev.tidemark.policies.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.select.DigestReflection.Ref;
import dev.tidemark.policies.select.DigestReflection.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transition table of spec flux-git-based 11: all images are pushed again between the two passes. */
class DigestReflectionTest {

    @ParameterizedTest
    @CsvSource({
        "NEVER, NEVER, v1.1.1, , , false",
        "ALWAYS, ALWAYS, v1.1.1, d1, d2, true",
        "IF_NOT_PRESENT, IF_NOT_PRESENT, v2.0.0, d1, e2, true",
        "IF_NOT_PRESENT, IF_NOT_PRESENT, v1.1.1, d1, d1, false",
        "NEVER, IF_NOT_PRESENT, v1.1.1, , d2, true",
        "ALWAYS, NEVER, v1.1.1, d1, , true",
        "IF_NOT_PRESENT, NEVER, v1.1.1, d1, , true",
        "IF_NOT_PRESENT, ALWAYS, v1.1.1, d1, d2, true",
        "ALWAYS, IF_NOT_PRESENT, v1.1.1, d1, d1, false"
    })
    void followsTheTransitionTable(
            DigestReflection before,
            DigestReflection after,
            String tagAfter,
            @Nullable String digestBefore,
            @Nullable String digestAfter,
            boolean recordsPrevious) {
        Ref first = next(before, null, "v1.1.1", "d1");
        Ref second = next(after, first, tagAfter, tagAfter.equals("v1.1.1") ? "d2" : "e2");

        assertThat(first.digest()).isEqualTo(digestBefore);
        assertThat(second.digest()).isEqualTo(digestAfter);
        assertThat(DigestReflection.previousAfter(null, first, second)).isEqualTo(recordsPrevious ? first : null);
    }

    private static Ref next(DigestReflection policy, @Nullable Ref latest, String tag, String inRegistry) {
        return switch (policy.digestOf(latest, "ghcr.io/my/app", tag)) {
            case Source.None() -> new Ref("ghcr.io/my/app", tag, null);
            case Source.Kept(String digest) -> new Ref("ghcr.io/my/app", tag, digest);
            case Source.Fetch() -> new Ref("ghcr.io/my/app", tag, inRegistry);
        };
    }
}
