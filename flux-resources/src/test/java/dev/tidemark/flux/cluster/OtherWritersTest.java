package dev.tidemark.flux.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OtherWritersTest {

    private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

    private final OtherWriters writers = new OtherWriters(false, Clock.fixed(NOW, ZoneOffset.UTC));

    private String theirs(String kind, String... managersAndTimes) {
        ObjectNode object = FluxJson.json().createObjectNode();
        var fields = object.putObject("metadata").putArray("managedFields");
        for (int i = 0; i < managersAndTimes.length; i += 2) {
            fields.addObject()
                    .put("manager", managersAndTimes[i])
                    .put("time", managersAndTimes[i + 1])
                    .put("subresource", "status");
        }
        return writers.whose(kind, object) instanceof OtherWriters.Whose.Theirs(String manager) ? manager : "";
    }

    @Test
    void whoWroteLastWorksOnIt() {
        assertThat(theirs("ImagePolicy")).isEmpty();
        assertThat(theirs("ImagePolicy", "gotk", "2026-05-20T09:00:00Z")).isEqualTo("gotk");
        String ours = "tidemark-policy-evaluator";
        assertThat(theirs("ImagePolicy", "gotk", "2026-05-20T09:00:00Z", ours, "2026-05-20T08:00:00Z"))
                .isEqualTo("gotk");
        assertThat(theirs("ImagePolicy", ours, "2026-05-20T09:00:00Z", "gotk", "2026-05-20T08:00:00Z"))
                .isEmpty();
        assertThat(theirs("ImagePolicy", ours, "2026-05-20T09:00:00Z", "gotk", "2026-05-20T09:00:00Z"))
                .isEmpty();
    }

    @Test
    void whoWroteLongAgoIsGone() {
        assertThat(theirs("ImagePolicy", "gotk", "2026-05-13T10:00:00Z")).isEmpty();
        assertThat(theirs("ImagePolicy", "gotk", "2026-05-13T10:00:01Z")).isEqualTo("gotk");
    }

    @Test
    void whoWorksOnOneObjectWorksOnThoseThatNobodyClaims() {
        String ours = "tidemark-policy-evaluator";
        assertThat(theirs("ImagePolicy")).as("alone").isEmpty();

        theirs("ImagePolicy", "gotk", "2026-05-20T09:00:00Z");

        assertThat(theirs("ImagePolicy")).as("a new one").isEqualTo("gotk");
        assertThat(theirs("ImagePolicy", "gotk", "2026-05-01T09:00:00Z"))
                .as("a quiet one")
                .isEqualTo("gotk");
        assertThat(theirs("ImagePolicy", ours, "2026-05-01T09:00:00Z"))
                .as("ours, and quiet")
                .isEmpty();
    }

    @Test
    void whoLeftLongAgoWorksOnNothing() {
        theirs("ImagePolicy", "gotk", "2026-05-13T10:00:00Z");
        assertThat(theirs("ImagePolicy")).isEmpty();
    }

    @Test
    void peopleAndWhatIsOnlyReadDoNotCount() {
        assertThat(theirs("ImagePolicy", "kubectl-patch", "2026-05-20T09:00:00Z"))
                .isEmpty();
        assertThat(theirs("GitRepository", "gotk", "2026-05-20T09:00:00Z")).isEmpty();
    }
}
