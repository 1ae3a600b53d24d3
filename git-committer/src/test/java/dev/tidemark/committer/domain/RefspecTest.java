package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefspecTest {

    private static final String PUSH = "refs/heads/auto";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            refs/heads/auto:refs/for/main                | refs/for/main             | false
            +refs/heads/auto:refs/heads/other            | refs/heads/other          | true
            HEAD:refs/for/main%topic=images              | refs/for/main%topic=images | false
            refs/heads/*:refs/heads/copies/*             | refs/heads/copies/auto    | false
            refs/*/auto:refs/mirror/*/auto               | refs/mirror/heads/auto    | false
            """)
    void names(String text, String target, boolean force) {
        assertThat(Refspec.parse(text, PUSH)).isEqualTo(Parsed.of(new Refspec(text, PUSH, target, force)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            refs/heads/auto                      | is no refspec: write SOURCE:TARGET, for example refs/heads/auto:refs/for/main
            refs/heads/auto:                     | is no refspec
            :refs/heads/auto                     | is no refspec
            a:b:c                                | is no refspec
            refs/heads/main:refs/for/main        | pushes something else than the push branch: write refs/heads/auto:refs/for/main
            refs/tags/*:refs/tags/*              | pushes something else than the push branch
            refs/heads/*:refs/heads/x            | pushes something else than the push branch
            +refs/heads/auto:refs/heads/auto     | pushes the push branch to itself
            refs/heads/auto:main                 | write refs/heads/main for a branch
            refs/heads/auto:refs/heads/a..b      | has a target that is no name of a ref
            refs/heads/auto:refs/heads/*         | has a target that is no name of a ref
            """)
    void saysWhatIsWrong(String text, String message) {
        assertThat(Refspec.parse(text, PUSH))
                .isInstanceOfSatisfying(Parsed.Malformed.class, malformed -> assertThat(malformed.message())
                        .startsWith("spec.git.push.refspec '" + text + "' ")
                        .contains(message));
    }
}
