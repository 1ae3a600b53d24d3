package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Shadow;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OtherWritersTest {

    private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

    private final OtherWriters writers = new OtherWriters(false, Clock.fixed(NOW, ZoneOffset.UTC));

    private String mark(String kind, String... managersAndTimes) {
        ObjectNode object = FluxJson.json().createObjectNode();
        var fields = object.putObject("metadata").putArray("managedFields");
        for (int i = 0; i < managersAndTimes.length; i += 2) {
            fields.addObject()
                    .put("manager", managersAndTimes[i])
                    .put("time", managersAndTimes[i + 1])
                    .put("subresource", "status");
        }
        writers.mark(kind, object);
        return object.path("metadata")
                .path("annotations")
                .path(Shadow.ANNOTATION)
                .asText();
    }

    @Test
    void whoWroteLastWorksOnIt() {
        assertThat(mark("ImagePolicy")).isEmpty();
        assertThat(mark("ImagePolicy", "gotk", "2026-05-20T09:00:00Z")).isEqualTo("gotk");
        String ours = "tidemark-policy-evaluator";
        assertThat(mark("ImagePolicy", "gotk", "2026-05-20T09:00:00Z", ours, "2026-05-20T08:00:00Z"))
                .isEqualTo("gotk");
        assertThat(mark("ImagePolicy", ours, "2026-05-20T09:00:00Z", "gotk", "2026-05-20T08:00:00Z"))
                .isEmpty();
        assertThat(mark("ImagePolicy", ours, "2026-05-20T09:00:00Z", "gotk", "2026-05-20T09:00:00Z"))
                .isEmpty();
    }

    @Test
    void whoWroteLongAgoIsGone() {
        assertThat(mark("ImagePolicy", "gotk", "2026-05-13T10:00:01Z")).isEqualTo("gotk");
        assertThat(mark("ImagePolicy", "gotk", "2026-05-13T10:00:00Z")).isEmpty();
    }

    @Test
    void peopleAndWhatIsOnlyReadDoNotCount() {
        assertThat(mark("ImagePolicy", "kubectl-patch", "2026-05-20T09:00:00Z")).isEmpty();
        assertThat(mark("GitRepository", "gotk", "2026-05-20T09:00:00Z")).isEmpty();
    }
}
