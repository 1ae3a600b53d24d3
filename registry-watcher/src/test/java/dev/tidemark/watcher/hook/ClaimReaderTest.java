package dev.tidemark.watcher.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimReaderTest {

    private static Claims read(String body) {
        return ClaimReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(String action, String more) {
        return "{\"action\":\"" + action + "\",\"target\":{\"repository\":\"team/web\",\"digest\":\"sha256:1\"" + more
                + "}}";
    }

    private static String envelope(String... events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'events':[{'action':'push','target':{'repository':'team/web','tag':'1.2.0'}}]}",
                "{'action':'push','target':{'repository':'team/web','tag':'1.2.0'}}",
                "{'type':'PUSH_ARTIFACT','event_data':{'resources':[{'tag':'1.2.0'}],'repository':{'repo_full_name':'team/web'}}}",
                "{'type':'harbor.artifact.pushed','specversion':'1.0','data':{'resources':[{'tag':'1.2.0'}],'repository':{'repo_full_name':'team/web'}}}",
                "{'push_data':{'tag':'1.2.0'},'repository':{'repo_name':'team/web'}}",
                "{'repository':'team/web','docker_url':'quay.io/team/web','updated_tags':['1.2.0']}",
                "{'action':'INSERT','digest':'h/team/web@sha256:1','tag':'h/team/web:1.2.0'}",
                "{'Action':'push','TARGET':{'Repository':'team/web','tag':'0','tag':'1.2.0','tag':null}}"
            })
    void readsWhatRegistriesSay(String body) {
        assertThat(read(body.replace('\'', '"'))).isEqualTo(new Claims.Tags(Set.of(new Claim("team/web", "1.2.0"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "mount", "delete"})
    void whatDistributionTellsBesidePushesIsNothingToDo(String action) {
        assertThat(read(envelope(event(action, ",\"tag\":\"1.2.0\"")))).isInstanceOf(Claims.Nothing.class);
    }

    @Test
    void norIsAPushWithoutATag() {
        assertThat(read(envelope(event("push", ""), event("push", ",\"tag\":\"\""))))
                .isInstanceOf(Claims.Nothing.class);
        assertThat(read(event("push", ""))).isInstanceOf(Claims.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Harbor writes the digest as tag | {'type':'PUSH_ARTIFACT','event_data':{'resources':[{'tag':'sha256:1'}],'repository':{'repo_full_name':'team/web'}}}",
                "a pull | {'type':'PULL_ARTIFACT','event_data':{'resources':[{'tag':'1'}],'repository':{'repo_full_name':'team/web'}}}",
                "Azure's test button | {'id':'1','action':'ping'}",
                "an upload to Google without a tag | {'action':'INSERT','digest':'h/team/web@sha256:1'}"
            })
    void aSingleEventWithoutATagIsNothingToDo(String why, String body) {
        assertThat(read(body.replace('\'', '"'))).as(why).isInstanceOf(Claims.Nothing.class);
    }

    @Test
    void aTagPushAmongOthersCounts() {
        assertThat(read(envelope(event("pull", ",\"tag\":\"1\""), event("push", ",\"tag\":\"2\""), event("push", ""))))
                .isEqualTo(new Claims.Tags(Set.of(new Claim("team/web", "2"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "no JSON",
                "\uFEFF{}",
                "{'events':[{'action':'promote','target':{'repository':'team/web'}}]}",
                "{'events':[7]}",
                "{'events':[{'action':'push','target':{'tag':'1'}}]}",
                "{'action':'push','target':{'repository':'team/web','tag':7}}",
                "{'action':'delete','target':{'repository':'team/web','tag':'1'}}",
                "{'action':'DELETE','tag':'h/team/web:1'}",
                "{'type':'REPLICATION','event_data':{'replication':{}}}",
                "{'type':'DELETE_ARTIFACT','event_data':{'resources':[{'tag':'1'}],'repository':{'repo_full_name':'team/web'}}}",
                "{'push_data':{},'repository':{'repo_name':'team/web'}}",
                "{'ref':'refs/heads/main','repository':{'full_name':'team/web'}}"
            })
    void whateverElseComesTheRegistryIsAsked(String body) {
        assertThat(read(body.replace('\'', '"'))).isInstanceOf(Claims.Unknown.class);
    }

    @Test
    void moreTagsThanAScanCostsAreNotRead() {
        assertThat(read(quay(32))).isInstanceOfSatisfying(Claims.Tags.class, t -> assertThat(t.tags())
                .hasSize(32));
        assertThat(read(quay(33))).isInstanceOf(Claims.Unknown.class);
    }

    /** Each claim was looked for among all before it: hours, where this takes a part of a second. */
    @Test
    void hundredsOfThousandsOfTagsAreNoWork() {
        assertThat(read(quay(400_000))).isInstanceOf(Claims.Unknown.class);
        assertThat(read(envelope(IntStream.range(0, 40_000)
                        .mapToObj(i -> event("push", ",\"tag\":\"t" + i + '"'))
                        .toArray(String[]::new))))
                .isInstanceOf(Claims.Unknown.class);
    }

    private static String quay(int tags) {
        return "{\"repository\":\"x\",\"updated_tags\":["
                + IntStream.range(0, tags).mapToObj(i -> "\"" + i + '"').collect(Collectors.joining(",")) + "]}";
    }
}
