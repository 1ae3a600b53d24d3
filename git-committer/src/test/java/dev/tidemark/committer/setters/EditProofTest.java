package dev.tidemark.committer.setters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an editor that errs could write, and that it is refused. */
class EditProofTest {

    private static final String BEFORE = "a: one\ntag: v1 # marked\nb: [two, x]\nc: |\n  three\n";

    private static EditProof.Edit edit(String text, String value) {
        int start = BEFORE.indexOf("v1");
        return new EditProof.Edit(start, start + 2, text, value);
    }

    @Test
    void whatIsRightPasses() {
        assertThatCode(() -> EditProof.check(BEFORE, BEFORE.replace("v1", "v22"), List.of(edit("v22", "v22"))))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        EditProof.check(BEFORE, BEFORE.replace("v1", "\"1.20\""), List.of(edit("\"1.20\"", "1.20"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "another value than was wanted      ~ v1              ~ v3",
                "a value beside it                  ~ one             ~ eno",
                "a key                              ~ b:              ~ d:",
                "a key is lost                      ~ a: one\\n       ~ ``",
                "a key is swallowed                 ~ marked\\nb:     ~ marked b:",
                "a key more                         ~ c: |            ~ e: f\\nc: |",
                "an item more                       ~ [two,           ~ [two, two,",
                "an item less                       ~ [two,           ~ [",
                "a block of another kind            ~ [two, x]        ~ \\n  - two\\n  - x",
                "a text in other quotes             ~ one             ~ 'one'",
                "a type                             ~ one             ~ !!str one",
                "an anchor                          ~ one             ~ &one one",
                "an alias                           ~ x]              ~ *x]",
                "the text of a block                ~ three           ~ three\\n  four",
                "a document more                    ~ c: |            ~ ---\\nc: |",
                "something moved                    ~ a: one          ~ a:  one",
                "brackets that do not close         ~ x]              ~ x",
                "no YAML                            ~ three\\n        ~ three\\n\\t- four",
            })
    void whatIsWrongIsRefused(String what, String from, String to) {
        String wanted = BEFORE.replace("v1", "v22");
        String wrong = from.equals("v1") ? BEFORE.replace("v1", to) : wanted.replace(plain(from), plain(to));
        assertThat(wrong).as(what).isNotEqualTo(wanted);

        assertThatThrownBy(() -> EditProof.check(BEFORE, wrong, List.of(edit("v22", "v22"))))
                .as(what)
                .isInstanceOf(UneditableException.class);
    }

    private static String plain(String written) {
        return written.replace("\\n", "\n").replace("\\t", "\t");
    }

    @Test
    void aTextThatIsReadAsANumberIsRefused() {
        assertThatThrownBy(() -> EditProof.check(BEFORE, BEFORE.replace("v1", "1.20"), List.of(edit("1.20", "1.20"))))
                .isInstanceOf(UneditableException.class);
    }

    @Test
    void anEditOfNoScalarIsRefused() {
        EditProof.Edit inTheComment =
                new EditProof.Edit(BEFORE.indexOf("marked"), BEFORE.indexOf("marked") + 6, "marks", "marks");

        assertThatThrownBy(() -> EditProof.check(BEFORE, BEFORE.replace("marked", "marks"), List.of(inTheComment)))
                .isInstanceOf(UneditableException.class);
    }
}
