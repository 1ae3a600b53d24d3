package dev.tidemark.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Event.TagDiscovered;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.Event.Trigger;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Target;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactLinesTest {

    private static final ImageName IMAGE = new ImageName("ghcr.io/org/app");
    private static final Feed FEED = new Feed(IMAGE, "apps/login");
    private static final Target TARGET = new Target("local", "ImagePolicy", "apps", "app");

    private static Envelope<?> fact(Event event) {
        return Envelope.correlated(event, "test", Instant.EPOCH, "c-1");
    }

    private static @Nullable String line(Event event) {
        return FactLines.of(fact(event));
    }

    /** From the webhook to the commit. */
    @Test
    void aChainCanBeFollowedByItsCorrelation() {
        assertThat(List.of(
                        new Event.RegistryNotified(IMAGE, "apps/hook", List.of(), "1.1.0"),
                        new TagDiscovered(FEED, "1.1.0", "sha256:ab", new Scan("s", Instant.EPOCH), Scope.TAG, null),
                        new TagSelected(
                                TARGET,
                                IMAGE,
                                "ghcr.io/org/app",
                                List.of(new SelectedTag("1.1.0", null)),
                                List.of(new SelectedTag("1.0.0", null)),
                                2,
                                Instant.EPOCH),
                        new Committed(
                                Branch.parse("git.example/org/fleet#main"),
                                "apps/auto",
                                "0123abc",
                                "message",
                                List.of(),
                                List.of("ghcr.io/org/app:1.1.0")),
                        new Event.Rendered("local", "apps/set", "r1", List.of("ConfigMap/apps/a", "ConfigMap/apps/b"))))
                .extracting(FactLinesTest::line)
                .containsExactly(
                        "event=webhook-accepted resource=Receiver/apps/hook image=ghcr.io/org/app tag=1.1.0 correlation=c-1",
                        "event=tag-discovered feed=ghcr.io/org/app#apps/login tag=1.1.0 digest=sha256:ab correlation=c-1",
                        "event=tag-selected resource=ImagePolicy/apps/app image=ghcr.io/org/app tag=1.1.0 previous=1.0.0 correlation=c-1",
                        "event=committed resource=ImageUpdateAutomation/apps/auto branch=git.example/org/fleet#main commit=0123abc image=ghcr.io/org/app:1.1.0 correlation=c-1",
                        "event=rendered resource=ResourceSet/apps/set objects=ConfigMap/apps/a,ConfigMap/apps/b correlation=c-1");
    }

    /** A first scan of ten thousand tags is one line. */
    @Test
    void aTagOfAScanIsPartOfItsLine() {
        Scan scan = new Scan("s", Instant.EPOCH);
        assertThat(line(new TagDiscovered(FEED, "1.1.0", null, scan, Scope.SCAN, null)))
                .isNull();
        assertThat(line(new Event.ScanCompleted(FEED, scan, 10, 3, 1, "x")))
                .isEqualTo(
                        "event=scan-completed feed=ghcr.io/org/app#apps/login count=10 added=3 removed=1 correlation=c-1");
    }

    /** A first listing, or one that changed much, ends with the last page of a base. */
    @Test
    void aListingThatIsWrittenAsABaseIsOneLine() {
        assertThat(line(page(1, 1, TagsListed.Origin.SCAN)))
                .isEqualTo("event=scan-completed feed=ghcr.io/org/app#apps/login count=2 correlation=c-1");
        assertThat(line(page(1, 2, TagsListed.Origin.SCAN))).isNull();
        assertThat(line(page(2, 2, TagsListed.Origin.SCAN))).startsWith("event=scan-completed feed=");
        assertThat(line(page(1, 1, TagsListed.Origin.FOLD))).isNull();
    }

    private static TagsListed page(int page, int pages, TagsListed.Origin origin) {
        Scan scan = new Scan("s", Instant.EPOCH);
        return new TagsListed(FEED, scan, page, pages, 0, origin, List.of("1.0.0", "1.1.0"), Map.of(), Map.of());
    }

    @Test
    void ofManyNamesAreSomeAndACount() {
        List<String> objects = IntStream.range(0, 12).mapToObj(n -> "o" + n).toList();
        assertThat(line(new Event.Rendered("local", "apps/set", "r1", objects)))
                .contains("objects=o0,o1,o2,o3,o4,o5,o6,o7,o8,o9,+2 ");
    }

    @Test
    void whatAPersonHasDoneToEverybodyOrShouldMendIsAWarning() {
        Event halted = new Event.ControlRequested(
                Event.ControlRequested.EVERYTHING, Event.ControlAction.HALT, "ann", "bad release");
        Event failed =
                new Event.UpdateFailed("ImageUpdateAutomation/apps/auto", "GitOperationFailed", "no \"way\"", null);

        assertThat(line(halted)).isEqualTo("event=halted who=ann reason=\"bad release\" correlation=c-1");
        assertThat(line(failed))
                .isEqualTo("event=update-failed resource=ImageUpdateAutomation/apps/auto"
                        + " reason=\"GitOperationFailed: no \\\"way\\\"\" correlation=c-1");
        assertThat(List.of(halted, failed)).extracting(FactLines::level).containsOnly(Level.WARNING);
    }

    /** By that, the log is searched for an object. */
    @Test
    void anObjectHasOneNameInAllLines() {
        assertThat(List.of(
                        new Event.UpdateFailed("local/ResourceSet/apps/set", "ReconciliationFailed", "why", null),
                        new Event.UpdateRefused("local/ResourceSet/apps/set", "BuildFailed", "why"),
                        new Event.UpdateRefused("ImageUpdateAutomation/apps/auto", "InvalidPath", "why")))
                .extracting(FactLinesTest::line)
                .containsExactly(
                        "event=update-failed resource=ResourceSet/apps/set reason=\"ReconciliationFailed: why\" correlation=c-1",
                        "event=update-refused resource=ResourceSet/apps/set reason=\"BuildFailed: why\" correlation=c-1",
                        "event=update-refused resource=ImageUpdateAutomation/apps/auto reason=\"InvalidPath: why\" correlation=c-1");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECTED,",
        "KEPT,",
        "UNKNOWN,",
        "WAITING,policy-waiting",
        "NOTHING_MATCHES,nothing-matches",
        "INVALID,policy-invalid"
    })
    void aDecisionIsALineWhereNothingIsSelected(DecisionOutcome outcome, @Nullable String event) {
        String line = line(new PolicyDecided(
                TARGET,
                "ghcr.io/org/app",
                outcome,
                "Reason",
                "why",
                List.of(),
                List.of(),
                Trigger.TAG,
                Instant.EPOCH,
                Map.of(),
                "test",
                null,
                null,
                null,
                null));
        assertThat(line)
                .isEqualTo(
                        event == null
                                ? null
                                : "event=" + event + " resource=ImagePolicy/apps/app reason=why correlation=c-1");
    }
}
