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
                "'\"time\":\"2026-11-22T09:30:00Z' | '\"time\":\"yesterday'  | yesterday",
                "'\"sequence\":1'                 | '\"sequence\":null'      | null",
                "'\"name\":\"ghcr.io/o/a\"'       | '\"name\":null'          | 'name'",
                "',\"name\":\"ghcr.io/o/a\"'      | ''                       | 'name'",
                "'\"previous\":[],'               | ''                       | 'previous'",
                "'{\"tag\":\"1\"}'                | '{\"digest\":\"1\"}'     | tags[0].tag",
                "'{\"tag\":\"1\"}'                | 'null'                   | tags[0]",
                "'\"tags\":['                     | '\"tags\":7,\"x\":['     | ArrayList",
                "'\"sequence\":1'                 | '\"sequence\":{}'        | long",
                "'\"sequence\":1'                 | '\"sequence\":1e99'      | long",
                "'ImagePolicy/flux-system/'       | ''                       | cluster/kind/namespace/name",
                "'ImagePolicy/flux-system/'       | 'ImagePolicy//'          | non-empty",
                "'\"image\":\"ghcr.io/o/a\"'      | '\"image\":\"nginx\"'    | canonical image name",
                "'\"image\":\"ghcr.io/o/a\"'      | '\"image\":\"g/a b\"'    | canonical image name",
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

    @Test
    void refusesAnUnknownRule() {
        String declared = new String(
                        EventCodec.encode(SampleEvents.all()
                                .filter(s -> s.file().equals("policy-declared"))
                                .findFirst()
                                .orElseThrow()
                                .envelope()),
                        UTF_8)
                .replace("\"rule\":\"semver\"", "\"rule\":\"newest\"");
        assertThatThrownBy(() -> EventCodec.decode(declared.getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("newest");
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
