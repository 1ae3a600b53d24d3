package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corners of Go's encoding/json; {@code GoVerdictsTest} holds what Go itself said about whole requests. */
class JsonTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"a\" : [ 1 , -0.5e+3 , true , false , null , \"\\u00e9\\n\" ] , \"b\":{}} ",
                "0",
                "\"\u00ff\"",
                "[]",
                "{}",
                "-0",
                "1E5"
            })
    void isJson(String text) {
        assertThat(Json.whole(bytes(text))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
                        "{1:1}",
                "01", "+1", "1.", ".5", "1e", "-", "--1", "NaN", "nul", "truex", "'a'", "\"", "\"\\x\"", "\"\\u12g4\"",
                "\"\t\"", "\u00ef\u00bb\u00bf{}", "{} {}", "[1 2]", "{\"a\":1 \"b\":2}", "]", "[}", "{]", "//\n{}"
            })
    void isNone(String text) {
        assertThat(Json.whole(bytes(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} x", "nullx", "1x", "\"a\"b", "[]]"})
    void theFirstValueIsEnoughForADecoder(String text) {
        assertThat(Json.first(bytes(text))).isPresent();
        assertThat(Json.whole(bytes(text))).isEmpty();
    }

    @Test
    void nestsAsDeepAsGo() {
        assertThat(Json.whole(bytes("[".repeat(10_000) + "]".repeat(10_000)))).isPresent();
        assertThat(Json.whole(bytes("[".repeat(10_001) + "]".repeat(10_001)))).isEmpty();
        assertThat(Json.whole(bytes("[".repeat(3_000_000)))).isEmpty();
    }

    @Test
    void deepBodiesBecomeValuesWithoutAStackOfThatDepth() {
        String deep = "{\"a\":" + "[".repeat(9_999) + "]".repeat(9_999) + "}";
        Object value = PayloadValues.members(bytes(deep)).orElseThrow().get("a");
        int depth = 0;
        while (value instanceof List<?> list) {
            depth++;
            value = list.isEmpty() ? null : list.getFirst();
        }
        assertThat(depth).isEqualTo(9_999);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "61, a",
                "C3A9, é",
                "FF, \uFFFD",
                "E282, \uFFFD\uFFFD",
                "EDA080, \uFFFD\uFFFD\uFFFD",
                "C080, \uFFFD\uFFFD",
                "F09F9880, 😀",
                "5C7564383364, \uFFFD",
                "5C75643833645C7564653030, 😀",
                "5C75643833645C7530303431, \uFFFDA",
                "5C75643833645C6E, `\uFFFD\n`"
            })
    void textsAreRepairedAsGoDoes(String hex, String expected) {
        byte[] inner = java.util.HexFormat.of().parseHex(hex);
        byte[] text = new byte[inner.length + 2];
        text[0] = '"';
        text[text.length - 1] = '"';
        System.arraycopy(inner, 0, text, 1, inner.length);
        assertThat(Json.whole(text).orElseThrow().text()).isEqualTo(expected);
    }

    @Test
    void valuesForConditions() {
        List<Object> list = new ArrayList<>();
        list.add(1L);
        list.add(1e20);
        list.add(1.5);
        list.add(null);
        assertThat(PayloadValues.members(
                        bytes("{\"a\":[1,100000000000000000000,1.5,null],\"b\":{\"c\":\"x\"},\"b\":true} rest")))
                .contains(Map.of("a", list, "b", true));
        assertThat(PayloadValues.members(bytes("null"))).contains(Map.of());
        assertThat(PayloadValues.members(bytes("[]"))).isEmpty();
        assertThat(PayloadValues.members(bytes("{\"a\":1e999}"))).isEmpty();
        assertThat(PayloadValues.members(bytes("{\"a\":[" + "0,".repeat(PayloadValues.MAX_VALUES) + "0]}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "YWJj, abc",
                "YW Jj, ``",
                "`YW\nJj\r\n`, abc",
                "YWI, ``",
                "YWI=, ab",
                "YWJjZGU, abc",
                "YQ==YWJj, a",
                "Y=Jj, ``"
            })
    void base64AsGoReadsIt(String text, String expected) {
        assertThat(GoBase64.decode(text)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | true",
                "Application/JSON ; charset=utf-8 | true",
                "text/plain, application/json | true",
                "application/json; charset=\"a;b\\\"c\" | true",
                "application/json; charset | false",
                "application/json; a=1; A=2 | false",
                "application/json; | true",
                "application json | false",
                "`` | false",
                "application/vnd.docker.distribution.events.v1+json | false"
            })
    void contentTypes(String header, boolean json) {
        assertThat(MediaType.isJson(header)).isEqualTo(json);
    }
}
