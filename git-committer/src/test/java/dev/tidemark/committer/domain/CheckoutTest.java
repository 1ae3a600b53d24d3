package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.GitRef;
import dev.tidemark.policies.Parsed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutTest {

    /** The highest tag in the range; what ranks alike is told apart by what it points to (flux-git-based 8, 10.1). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.x     | 1.0.0 v1.2.0 1.10.0 2.0.0 latest     | 1.10.0
            >=1.0   | 1.0.0 1.1.0-rc.1                     | 1.0.0
            1.2.x   | v1.2.3 1.2.3 1.2.2 1.2.3+build       | v1.2.3 1.2.3+build 1.2.3
            3.x     | 1.0.0 2.0.0                          |
            """)
    void choosesTheHighestTagInARange(String range, String tags, String best) {
        GitRef ref = new GitRef(null, null, range, null, null);

        assertThat(Checkout.of(ref)).isInstanceOfSatisfying(Parsed.Value.class, value -> assertThat(
                        ((Checkout.Range) value.value()).best(List.of(tags.split(" "))))
                .containsExactly(best == null ? new String[0] : best.split(" ")));
    }
}
