package dev.tidemark.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Metadata;
import dev.tidemark.flux.Resource;
import java.lang.System.Logger.Level;
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
    private final List<String> begun = new ArrayList<>();
    private final FailureLines lines = new FailureLines(
            (level, line) -> (level == Level.WARNING ? begun : log).add(line), Clock.fixed(NOW, ZoneOffset.UTC));
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

    @Test
    void aFailureIsSaidOnceForEachReason() {
        run(app, "False", "no route");
        run(app, "False", "no route");
        run(app, "False", "unauthorized");
        run(app, "True", "42 tags");
        run(app, "False", "no route");

        assertThat(begun)
                .containsExactly(
                        "event=failing resource=ImageRepository/apps/app reason=\"ReadOperationFailed: no route\"",
                        "event=failing resource=ImageRepository/apps/app reason=\"ReadOperationFailed: unauthorized\"",
                        "event=failing resource=ImageRepository/apps/app reason=\"ReadOperationFailed: no route\"");
    }

    /** Its line has the correlation. */
    @Test
    void whatAFactTellsIsNotSaidAgain() {
        tell(new ScanFailed(
                new Feed(new ImageName("ghcr.io/o/app"), ""),
                new Scan("s", NOW),
                Event.ScanFailure.UNREACHABLE,
                "no route",
                NOW));
        run(app, "False", "scan failed: no route");
        run(repository("same-image"), "False", "scan failed: no route");
        tell(new Event.UpdateRefused("ImageUpdateAutomation/apps/app", "BuildFailed", "no such map"));
        run(repository("another"), "False", "no such map");
        assertThat(begun).isEmpty();

        run(app, "False", "invalid exclusion list");
        assertThat(begun).hasSize(1);
    }

    @Test
    void oldFactsAreForgotten() {
        for (int i = 0; i <= FailureLines.MAX_TOLD; i++) {
            tell(new Event.UpdateRefused("ImageUpdateAutomation/apps/app", "BuildFailed", "no map " + i));
        }
        run(app, "False", "no map 0");
        run(app, "False", "no map 1");

        assertThat(begun).singleElement().asString().contains("no map 0");
    }

    private void tell(Event event) {
        lines.appended(Envelope.first(event, "test", NOW));
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
