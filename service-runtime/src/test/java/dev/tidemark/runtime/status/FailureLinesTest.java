package dev.tidemark.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final StatusOwner OWNER = new StatusOwner() {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isProven() {
            return true;
        }
    };

    private final List<String> log = new ArrayList<>();
    private final FailureLines lines = new FailureLines(log::add, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Resource<?> app = repository("app");

    private static Resource<?> repository(String name) {
        return new Resource<>(
                Kinds.IMAGE_REPOSITORY,
                new Metadata("apps", name, Map.of(), Map.of(), "uid", 1, "1"),
                new ImageRepositorySpec(
                        "ghcr.io/o/" + name,
                        Duration.ofMinutes(1),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        false));
    }

    /** As a service does: the run says what it came to, and a moment later the status has it. */
    private void run(Resource<?> object, String ready, String message) {
        lines.ran(object.id(), Duration.ZERO);
        shows(object, ready, message);
    }

    private void shows(Resource<?> object, String ready, String message) {
        JsonNode status = FluxJson.json()
                .valueToTree(Map.of(
                        "conditions",
                        List.of(
                                Map.of("type", "Reconciling", "status", "True"),
                                Map.of(
                                        "type",
                                        "Ready",
                                        "status",
                                        ready,
                                        "reason",
                                        "ReadOperationFailed",
                                        "message",
                                        message,
                                        "lastTransitionTime",
                                        "2026-11-28T09:00:00Z"))));
        lines.shows(object, OWNER, status);
    }

    @Test
    void theEndOfAFailureSaysHowOftenAndSinceWhen() {
        run(app, "False", "no route");
        run(app, "False", "no route");
        run(app, "Unknown", "scanning");
        run(app, "False", "no route");
        assertThat(log).isEmpty();

        run(app, "True", "42 tags");
        run(app, "True", "43 tags");

        assertThat(log)
                .containsExactly(
                        "event=failure-ended resource=ImageRepository/apps/app reason=\"ReadOperationFailed: no"
                                + " route\" count=4 since=2026-11-28T09:00:00Z");
    }

    /** A status that is looked at again is no run. */
    @Test
    void onlyRunsAreCounted() {
        run(app, "False", "no route");
        shows(app, "False", "no route");
        shows(app, "False", "no route");
        run(app, "True", "42 tags");

        assertThat(log).singleElement().asString().contains(" count=1 ");
    }

    @Test
    void anotherReasonEndsTheFirstAndIsCountedAnew() {
        run(app, "False", "no route");
        run(app, "False", "no route");
        run(app, "False", "unauthorized");
        run(app, "True", "42 tags");

        assertThat(log)
                .containsExactly(
                        "event=failure-ended resource=ImageRepository/apps/app reason=\"ReadOperationFailed: no route\""
                                + " count=2 since=2026-11-28T09:00:00Z",
                        "event=failure-ended resource=ImageRepository/apps/app reason=\"ReadOperationFailed:"
                                + " unauthorized\" count=1 since=2026-11-28T10:00:00Z");
    }

    @Test
    void ofWhatIsGoneNothingIsSaidAndNothingKept() {
        run(app, "False", "no route");
        lines.gone(app.id());
        run(app, "True", "42 tags");
        assertThat(log).isEmpty();

        for (int i = 0; i < FailureLines.MAX_FAILING; i++) {
            run(repository("app-" + i), "False", "no route");
        }
        run(app, "False", "no route");
        run(app, "True", "42 tags");
        assertThat(log).isEmpty();
    }
}
