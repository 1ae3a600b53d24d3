package dev.tidemark.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tolerant reader: what is new is passed over, what is missing or wrong is refused with its name. */
class EventCodecTest {

    private static final String ENVELOPE =
            "\"id\":\"i\",\"source\":\"s\",\"time\":\"2026-11-22T09:30:00Z\",\"correlationid\":\"c\"";
    private static final String SELECTED = "{\"type\":\"dev.tidemark.tag-selected.v1\"," + ENVELOPE
            + ",\"target\":\"local/ImagePolicy/flux-system/my-app\",\"image\":\"ghcr.io/o/a\",\"name\":\"ghcr.io/o/a\""
            + ",\"tags\":[{\"tag\":\"1\"}],\"previous\":[],\"sequence\":1,\"decidedAt\":\"2026-11-22T09:30:00Z\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{'                    | '{\"added-later\":{\"a\":[1,null]},'",
                "'\"sequence\":1'       | '\"sequence\":1,\"x\":null'",
                "'{\"tag\":\"1\"}'      | '{\"tag\":\"1\",\"size\":12}'",
                "'{\"tag\":\"1\"}'      | '{\"tag\":\"1\",\"digest\":null}'",
                "'{'                    | '  {\n\t'",
            })
    void passesOverWhatALaterBuildAdded(String part, String replacement) {
        assertThat(EventCodec.decode(SELECTED.replaceFirst(quoted(part), quotedReplacement(replacement))
                        .getBytes(UTF_8)))
                .isEqualTo(EventCodec.decode(SELECTED.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag-selected.v1                  | tag-selected.v2          | tag-selected.v2",
                "dev.tidemark.tag-selected.v1     | ''                       | 'type'",
                "'\"id\":\"i\",'                  | ''                       | 'id'",
                "'\"source\":\"s\"'               | '\"source\":\"\"'        | 'source'",
                "'\"correlationid\":\"c\"'        | '\"correlationid\":7'    | 'correlationid'",
                "'\"time\":\"2026-11-22T09:30:00Z' | '\"time\":\"yesterday'  | 'time'",
                "'\"sequence\":1'                 | '\"sequence\":null'      | 'sequence'",
                "'\"name\":\"ghcr.io/o/a\"'       | '\"name\":null'          | 'name'",
                "',\"name\":\"ghcr.io/o/a\"'      | ''                       | 'name'",
                "'\"previous\":[],'               | ''                       | 'previous'",
                "'{\"tag\":\"1\"}'                | '{\"digest\":\"1\"}'     | tags[0].tag",
                "'{\"tag\":\"1\"}'                | 'null'                   | tags[0]",
                "'\"tags\":['                     | '\"tags\":7,\"x\":['     | 'tags'",
                "'\"sequence\":1'                 | '\"sequence\":{}'        | 'sequence'",
                "'\"sequence\":1'                 | '\"sequence\":1e99'      | 'sequence'",
                "'ImagePolicy/flux-system/'       | ''                       | 'target'",
                "'ImagePolicy/flux-system/'       | 'ImagePolicy//'          | 'target'",
                "'\"image\":\"ghcr.io/o/a\"'      | '\"image\":\"nginx\"'    | 'image'",
                "'\"image\":\"ghcr.io/o/a\"'      | '\"image\":\"g/a b\"'    | 'image'",
            })
    void refusesWhatIsWrongAndNamesIt(String part, String replacement, String named) {
        byte[] value = SELECTED.replaceFirst(quoted(part), quotedReplacement(replacement))
                .getBytes(UTF_8);
        assertThat(value).isNotEqualTo(SELECTED.getBytes(UTF_8));
        assertThatThrownBy(() -> EventCodec.decode(value))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(named.replace("'", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "null", "[]", "7", "\"text\"", "{", "{}", "<html>", "{\"type\":null}", "\u0000\u0001"
            })
    void refusesWhatIsNoEvent(String value) {
        assertThatThrownBy(() -> EventCodec.decode(value.getBytes(UTF_8))).isInstanceOf(UndecodableException.class);
    }

    @Test
    void refusesWhatFollowsAnEvent() {
        assertThatThrownBy(() -> EventCodec.decode((SELECTED + SELECTED).getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class);
    }

    /** A later build may write what no word of 64 bits holds: what stands beside it is read all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {"123456789012345678901234567890", "-9223372036854775809", "1e400", "[18446744073709551616]"})
    void passesOverNumbersBeyond64Bits(String number) {
        assertThat(EventCodec.decode(
                        SELECTED.replaceFirst("\\{", "{\"x\":" + number + ",").getBytes(UTF_8)))
                .isEqualTo(EventCodec.decode(SELECTED.getBytes(UTF_8)));
    }

    @Test
    void refusesSuchANumberWhereAWordIsMeant() {
        byte[] value = SELECTED.replace("\"sequence\":1", "\"sequence\":123456789012345678901234567890")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> EventCodec.decode(value))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'sequence'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dev.tidemark.tag-selected.v1     | hush-1234",
                "'2026-11-22T09:30:00Z\",\"corr'  | 'hush-1234\",\"corr'",
                "'\"sequence\":1'                 | '\"sequence\":\"hush-1234\"'",
                "'\"image\":\"ghcr.io/o/a\"'      | '\"image\":\"hush-1234 \"'",
                "'\"sequence\":1'                 | '\"sequence\":hush-1234'",
                "'{\"tag\":\"1\"}'                | '{\"hush-1234\":\"1\"}'",
            })
    void saysNothingOfWhatTheRecordHolds(String part, String replacement) {
        byte[] value = SELECTED.replaceFirst(quoted(part), quotedReplacement(replacement))
                .getBytes(UTF_8);
        assertThat(new String(value, UTF_8)).contains("hush-1234");
        assertThatThrownBy(() -> EventCodec.decode(value))
                .isInstanceOf(UndecodableException.class)
                .hasNoCause()
                .hasMessageNotContaining("hush");
    }

    @Test
    void namesNoKeyOfAMap() {
        String state = "{\"type\":\"dev.tidemark.branch-state.v1\"," + ENVELOPE
                + ",\"branch\":\"git.example/o/f#main\",\"written\":{\"hush-1234\":%s}}";
        for (String entry : new String[] {"null", "7"}) {
            assertThatThrownBy(() -> EventCodec.decode(state.formatted(entry).getBytes(UTF_8)))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("written")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void refusesAMapEntryWithoutValue() {
        String state = "{\"type\":\"dev.tidemark.branch-state.v1\"," + ENVELOPE
                + ",\"branch\":\"git.example/o/f#main\",\"written\":{\"local/a/b/c\":null}}";
        assertThatThrownBy(() -> EventCodec.decode(state.getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("written");
    }

    @Test
    void refusesAValueThatIsTooLarge() {
        byte[] value = new byte[EventCodec.MAX_VALUE_BYTES + 1];
        assertThatThrownBy(() -> EventCodec.decode(value))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("8388609 bytes");
    }

    @Test
    void doesNotWriteWhatItWouldNotRead() {
        var failed = new Event.UpdateFailed("a", "b", "x".repeat(EventCodec.MAX_VALUE_BYTES), null);
        var envelope = Envelope.first(failed, "test", Instant.EPOCH);
        assertThatThrownBy(() -> EventCodec.encode(envelope))
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("update-failed")
                .hasMessageContaining("more than the 8388608 that are read");
    }

    @Test
    void refusesAValueThatIsNestedTooDeeply() {
        byte[] value = SELECTED.replaceFirst("\\{", "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> EventCodec.decode(value)).isInstanceOf(UndecodableException.class);
    }

    private static String quoted(String part) {
        return java.util.regex.Pattern.quote(part);
    }

    private static String quotedReplacement(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }
}
