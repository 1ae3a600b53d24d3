package dev.tidemark.go.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.yaml.write.YamlWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no generated text shows: bounds, encodings, places, and the texts of people. */
class YamlReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 1023, 1024, 1025, 2049, 3074})
    void aCharacterBeyondSixteenBitsIsReadAtEveryOffset(int offset) {
        String text = "a: " + "x".repeat(offset) + "😀\nb: 1";

        assertThat(YamlReader.first(text, YamlDialect.KUBERNETES))
                .isEqualTo(Map.of("a", "x".repeat(offset) + "😀", "b", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [b, c]\t# two\nd: 1",
                "a: \"30d\"\t\nd: 1",
                "a:\tx\nd: 1",
                "a: |\n      \nd: 1",
                "a: b\n \t\nd: 1",
                "a: |-\nd: 1",
                "a: \"\\'\\L\\P\"\nd: 1",
                "a: x\u0085d: 1",
            })
    void whatPeopleWriteIsRead(String text) {
        assertThat(YamlReader.first(text, YamlDialect.KUBERNETES)).asString().contains("d=1");
        assertThat(YamlReader.first(text, YamlDialect.KYAML)).asString().contains("d=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "!t {"})
    void nestingIsBoundedAndTakesNoStack(String opening) {
        assertThatThrownBy(() -> YamlReader.first(opening.repeat(100_000), YamlDialect.KUBERNETES))
                .isInstanceOf(YamlException.class);
    }

    @Test
    void whatIsAsDeepAsGoGoesIsRead() {
        int depth = YamlReader.MAX_DEPTH - 1;

        assertThat(YamlReader.first("[".repeat(depth) + "]".repeat(depth), YamlDialect.KUBERNETES))
                .isInstanceOf(List.class);
    }

    @Test
    void aBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(10) + "]\n");
        }

        assertThatThrownBy(() -> YamlReader.first(bomb.toString(), YamlDialect.KUBERNETES))
                .hasMessageContaining("aliases");
    }

    @Test
    void manyUsesOfAnAnchorAreNoBomb() {
        String text = "a: &a {x: 1}\nb:\n" + "- *a\n".repeat(5_000);

        assertThat(YamlReader.first(text, YamlDialect.KUBERNETES)).isInstanceOf(Map.class);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void encodingsWithAByteOrderMarkAreRead(String charset) {
        byte[] bytes = "\uFEFFa: é😀".getBytes(Charset.forName(charset));

        assertThat(YamlReader.first(YamlBytes.decode(bytes), YamlDialect.KUBERNETES))
                .isEqualTo(Map.of("a", "é😀"));
    }

    @Test
    void otherEncodingsAreRefusedWithTheLine() {
        assertThatThrownBy(() -> YamlBytes.decode("a: b\nc: é".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("line 2: is not UTF-8 text: save it as UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: >=1.0 | line 2",
                "a: 1\\n\\tb: 2 | line 2",
                "a: 1\\nb: [1, 2 | line 2",
                "a: 'x\\nb: 1 | line 1",
                "a: 1\\nb: @x | line 2",
                "a: b: c | line 1",
            })
    void refusalsSayTheLine(String text, String line) {
        assertThatThrownBy(() -> YamlReader.first(text.replace("\\n", "\n").replace("\\t", "\t"), YamlDialect.KYAML))
                .isInstanceOf(YamlException.class)
                .hasMessageStartingWith(line)
                .hasMessageNotContaining("java")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aBlockScalarSaysItsParts() {
        String text = "a: &x |2- # c\n    text\n\nb: 1";
        YamlParser parser = new YamlParser(text, YamlDialect.KYAML);
        YamlEvent event = parser.next();
        while (!(event instanceof YamlEvent.Scalar read && read.style() == ScalarStyle.LITERAL)) {
            event = parser.next();
        }

        var scalar = (YamlEvent.Scalar) event;
        assertThat(scalar.start()).isEqualTo(new Mark(3, 1, 4));
        assertThat(scalar.content()).isEqualTo(text.indexOf('|'));
        assertThat(scalar.block()).isEqualTo(new YamlEvent.Block(text.indexOf('\n'), text.indexOf('\n') + 1));
        assertThat(scalar.end()).isEqualTo(text.indexOf("b:"));
        assertThat(scalar.value()).isEqualTo("  text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a", "yes", "0400", "1.5", "null", "~", "- a", "a: b", "a:", ":a", "#", "a #b", "'", "\"",
                        "\\", "a\nb",
                "\t", "{", "]", "---", "--- a", "...", "<<", "=", "*a", "&a", "!a", "|", ">", "%", "@", "`", "é", "😀",
                "\u0000", "\uFEFF", "2024-01-02", "a,b", "a b ", "?", "? a", "-", "!!int"
            })
    void whatIsWrittenReadsAsItself(String text) {
        Map<String, Object> value = Map.of("k", text, "l", List.of(text));

        for (YamlDialect dialect : YamlDialect.values()) {
            assertThat(YamlReader.first(YamlWriter.render(value), dialect)).isEqualTo(value);
        }
    }
}
