package dev.tidemark.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {

    @Test
    void readsEveryKindOfValue() throws Json.Malformed {
        assertThat(JsonReader.read(
                        " {\"a\" : [1.5e-3, true,null ], \"b\":{}, \"c\":[], \"d\":\"\\u00e9\\n\\\"x\\\\\" }\n"))
                .isEqualTo(new Json.Members(Map.of(
                        "a",
                                new Json.Elements(
                                        List.of(new Json.Word("1.5e-3"), new Json.Word("true"), new Json.Word("null"))),
                        "b", new Json.Members(Map.of()),
                        "c", new Json.Elements(List.of()),
                        "d", new Json.Text("é\n\"x\\"))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``            | expected a value",
                "{\"a\":1      | expected ','",
                "{\"a\" 1}     | expected ':'",
                "{a:1}         | expected a name in quotes",
                "{\"a\":1,}    | expected a name in quotes",
                "[1,]          | expected a value",
                "[1 2]         | expected ','",
                "[1] x         | more text after the value",
                "01            | more text after the value",
                "nul           | expected a value",
                "\"abc         | a text without its end",
                "\"a\\         | an unknown escape",
                "\"\\x\"       | an unknown escape",
                "\"\\u12g4\"   | an escape without four hexadecimal digits",
                "\"\\u12       | an escape without four hexadecimal digits",
            })
    void refusesWhatIsNotJson(String text, String why) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(Json.Malformed.class)
                .hasMessage("line 1: " + why);
    }

    @Test
    void saysTheLine() {
        assertThatThrownBy(() -> JsonReader.read("{\n\"a\":\n\t\"b\nc\"}"))
                .hasMessage("line 3: a control character in a text");
    }

    @Test
    void refusesToNestWithoutEnd() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000))).hasMessage("line 1: nested more than 500 deep");
    }
}
