package dev.tidemark.flux.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which status is an event, and for whom. */
class StatusNewsTest {

    private static final JsonNode NONE = MissingNode.getInstance();

    private static JsonNode status(String ready, String message) {
        return FluxJson.json()
                .valueToTree(Map.of(
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", ready, "reason", "Any", "message", message))));
    }

    private static JsonNode pushed(String ready, String commit) {
        JsonNode status = status(ready, "repository up-to-date");
        ((ObjectNode) status).put("lastPushCommit", commit);
        return status;
    }

    private static Optional<EventRecorder.Type> told(Kind<?> kind, JsonNode before, JsonNode after) {
        return StatusNews.between(kind, before, after).map(StatusNews::type);
    }

    @Test
    void aPolicysOtherTagIsTold() {
        assertThat(StatusNews.between(
                        Kinds.IMAGE_POLICY, status("True", "resolved to 1"), status("True", "resolved to 2")))
                .contains(new StatusNews(EventRecorder.Type.NORMAL, "Any", "resolved to 2"));
        assertThat(told(Kinds.IMAGE_POLICY, status("True", "resolved to 1"), status("True", "resolved to 1")))
                .isEmpty();
    }

    @Test
    void thatASourceFoundSomethingElseIsRoutine() {
        for (Kind<?> source : List.of(Kinds.IMAGE_REPOSITORY, Kinds.RESOURCE_SET_INPUT_PROVIDER)) {
            assertThat(told(source, status("True", "2 tags"), status("True", "3 tags")))
                    .contains(EventRecorder.Type.ROUTINE);
            assertThat(told(source, NONE, status("True", "2 tags"))).contains(EventRecorder.Type.NORMAL);
            assertThat(told(source, status("False", "away"), status("True", "2 tags")))
                    .contains(EventRecorder.Type.NORMAL);
            assertThat(told(source, status("True", "2 tags"), status("False", "away")))
                    .contains(EventRecorder.Type.WARNING);
            assertThat(told(source, status("False", "away"), status("False", "refused")))
                    .contains(EventRecorder.Type.WARNING);
        }
    }

    @Test
    void aSetTellsWhatItChangedByItself() {
        assertThat(told(Kinds.RESOURCE_SET, status("True", "in 1ms"), status("True", "in 2ms")))
                .isEmpty();
        assertThat(told(Kinds.RESOURCE_SET, status("Unknown", "waits"), status("True", "in 2ms")))
                .contains(EventRecorder.Type.NORMAL);
    }

    @Test
    void thatSomethingWaitsIsToldOnce() {
        assertThat(told(Kinds.RESOURCE_SET, NONE, status("Unknown", "for a"))).contains(EventRecorder.Type.NORMAL);
        assertThat(told(Kinds.RESOURCE_SET, status("Unknown", "for a"), status("Unknown", "for b")))
                .isEmpty();
        assertThat(told(Kinds.RESOURCE_SET, status("True", "in 1ms"), status("Unknown", "for b")))
                .contains(EventRecorder.Type.NORMAL);
    }

    @Test
    void aPushIsToldOnceByWhoeverPushes() {
        assertThat(told(Kinds.IMAGE_UPDATE_AUTOMATION, NONE, pushed("True", "c1")))
                .isEmpty();
        assertThat(told(Kinds.IMAGE_UPDATE_AUTOMATION, pushed("False", "c1"), pushed("True", "c2")))
                .isEmpty();
        assertThat(told(Kinds.IMAGE_UPDATE_AUTOMATION, NONE, status("True", "repository up-to-date")))
                .contains(EventRecorder.Type.NORMAL);
        assertThat(told(Kinds.IMAGE_UPDATE_AUTOMATION, pushed("True", "c1"), pushed("False", "c1")))
                .contains(EventRecorder.Type.WARNING);
    }
}
