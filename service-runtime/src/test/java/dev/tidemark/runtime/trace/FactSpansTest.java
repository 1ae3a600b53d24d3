package dev.tidemark.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.runtime.trace.Steps.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactSpansTest {

    private static final ImageName IMAGE = new ImageName("ghcr.io/o/app");
    private static final String THEIRS = "0af7651916cd43dd8448eb211c80319c";

    private final World world = new World(1);
    private final List<Span> spans = new ArrayList<>();
    private final FactSpans facts =
            new FactSpans(spans::add, world.replica("one").clock());

    private Envelope<Event.RegistryNotified> notified(@Nullable String traceparent) {
        return Envelope.first(
                        new Event.RegistryNotified(IMAGE, "apps/hook", List.of(), "1.1.0"),
                        "registry-watcher",
                        world.now(),
                        "r")
                .within(traceparent);
    }

    private static Event.TagDiscovered discovered() {
        return new Event.TagDiscovered(
                new Feed(IMAGE, ""), "1.1.0", null, new Scan("s", Instant.EPOCH), Event.Scope.TAG, null);
    }

    private static Committed committed() {
        return new Committed(
                Branch.parse("git.example/o/r#main"), "apps/auto", "0123abc", "message", List.of(), List.of());
    }

    /** No service tells another about traces: each comes to the same ids. */
    @Test
    void facetsOfOneCauseAreOneTraceWhoeverAppendsThem() {
        Envelope<?> hook = notified(null);
        Envelope<?> tag = hook.causes(discovered(), "registry-watcher", world.now());
        List<Span> others = new ArrayList<>();
        FactSpans another = new FactSpans(others::add, world.replica("two").clock());

        facts.appended(hook);
        facts.appended(tag);
        another.appended(tag.causes(committed(), "git-committer", world.now()));

        Span first = spans.getFirst();
        assertThat(first.parent()).isNull();
        assertThat(first.name()).isEqualTo("webhook-accepted");
        assertThat(first.attributes()).containsEntry("resource", "Receiver/apps/hook");
        assertThat(spans.getLast().parent()).isEqualTo(first.context().span());
        assertThat(others.getFirst().parent())
                .isEqualTo(spans.getLast().context().span());
        assertThat(others.getFirst().context().trace())
                .isEqualTo(first.context().trace())
                .matches("[0-9a-f]{32}");
        assertThat(others.getFirst().service()).isEqualTo("git-committer");
    }

    @Test
    void aSpanIsFromHearingOfTheCauseToHavingTheFactInTheLog() {
        Envelope<?> hook = notified(null);
        world.pass(Duration.ofMillis(30));
        facts.read(hook);
        Instant heard = world.now();
        world.pass(Duration.ofMillis(200));
        Envelope<?> tag = hook.causes(discovered(), "registry-watcher", world.now());
        // as a table does that reads back
        facts.read(hook);
        world.pass(Duration.ofMillis(10));
        facts.appended(tag);

        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.begin()).isEqualTo(heard);
            assertThat(span.end()).isEqualTo(world.now());
        });
    }

    /** The log tells of a scan in one line; its trace has each fact, and each says what it is about. */
    @Test
    void whatIsPartOfAScanSaysWhatItIsAboutToo() {
        Feed feed = new Feed(IMAGE, "");
        Scan scan = new Scan("s", Instant.EPOCH);
        facts.appended(Envelope.first(
                new Event.TagDiscovered(feed, "1.1.0", "sha256:1", scan, Event.Scope.SCAN, null),
                "registry-watcher",
                world.now(),
                "r"));
        facts.appended(Envelope.first(
                new Event.TagRemoved(feed, "1.0.0", scan, Event.Scope.SCAN), "registry-watcher", world.now(), "s"));

        assertThat(spans).extracting(Span::name).containsExactly("tag-discovered", "tag-removed");
        assertThat(spans.getFirst().attributes())
                .containsEntry("feed", feed.toString())
                .containsEntry("tag", "1.1.0")
                .containsEntry("digest", "sha256:1")
                .containsKey("correlation");
        assertThat(spans.getLast().attributes()).containsEntry("tag", "1.0.0").containsKey("correlation");
    }

    /** What the service does for several commits in a row would else lie below each. */
    @Test
    void theStepsToACommitLieBelowItFromItsCauseOn() {
        Instant before = world.now();
        world.pass(Duration.ofMillis(30));
        Envelope<?> cause = notified("00-" + THEIRS + "-b7ad6b7169203331-01");
        facts.read(cause);
        Instant heard = world.now();
        world.pass(Duration.ofMillis(500));
        facts.ledTo(
                committed().commit(),
                List.of(
                        new Step("fetch", before, heard),
                        new Step("edit", heard, heard.plusMillis(3)),
                        new Step("push", heard.plusMillis(3), heard.plusMillis(400))));
        facts.appended(cause.causes(committed(), "git-committer", world.now()));

        Span whole = spans.getFirst();
        assertThat(whole.name()).isEqualTo("committed");
        assertThat(spans.subList(1, spans.size()))
                .extracting(Span::name, Span::parent, Span::service, Span::begin, Span::end)
                .containsExactly(
                        tuple("edit", whole.context().span(), "git-committer", heard, heard.plusMillis(3)),
                        tuple(
                                "push",
                                whole.context().span(),
                                "git-committer",
                                heard.plusMillis(3),
                                heard.plusMillis(400)));
        assertThat(spans).extracting(span -> span.context().trace()).containsOnly(THEIRS);
        assertThat(spans).extracting(span -> span.context().span()).doesNotHaveDuplicates();
    }

    @Test
    void theTraceOfAWebhooksSenderGoesOn() {
        Envelope<?> hook = notified("00-" + THEIRS + "-b7ad6b7169203331-01");
        facts.appended(hook);
        facts.appended(hook.causes(discovered(), "registry-watcher", world.now()));

        assertThat(spans).extracting(span -> span.context().trace()).containsOnly(THEIRS);
        assertThat(spans.getFirst().parent()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void whatItsSenderDoesNotRecordIsNotRecorded() {
        facts.appended(notified("00-" + THEIRS + "-b7ad6b7169203331-00"));
        assertThat(spans).isEmpty();
    }

    @Test
    void whatIsNoTraceparentIsNobodys() {
        for (String odd : List.of(
                "",
                "00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
                "00-" + THEIRS + "-b7ad6b7169203331",
                "00-" + THEIRS + "-b7ad6b7169203331-01\r\nx: y",
                "ff-" + THEIRS + "-b7ad6b7169203331-01")) {
            assertThat(TraceContext.Incoming.of(odd)).as(odd).isEmpty();
        }
        facts.appended(notified("somebody's"));
        assertThat(spans.getFirst().parent()).isNull();
    }

    @Test
    void aFailureIsOneInTheTraceToo() {
        facts.appended(Envelope.first(
                new Event.UpdateFailed("ImageUpdateAutomation/apps/auto", "GitOperationFailed", "no way", null),
                "git-committer",
                world.now()));
        assertThat(spans).singleElement().satisfies(span -> assertThat(span.fault())
                .isEqualTo("GitOperationFailed: no way"));
        facts.appended(notified(null));
        assertThat(spans.getLast().fault()).isNull();
    }

    /** A process that has nothing to do has nothing to tell. */
    @Test
    void whereServicesAreInTheLogIsNoSpan() {
        facts.appended(Envelope.first(
                new Event.FeedScanned(new Feed(IMAGE, ""), new Scan("s", Instant.EPOCH), 1, "d", Instant.EPOCH),
                "registry-watcher",
                world.now()));
        assertThat(spans).isEmpty();
    }
}
