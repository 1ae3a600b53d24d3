package dev.tidemark.runtime.publish;

import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.ScanFailed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.RepeatedLines;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a service's own log says of the facts that it appends to the log of events: a line for each that people ask about,
 * with the correlation that all facts of one cause share. Whatever a service does for somebody is a fact, so nothing has to
 * say it beside this, and no line tells of what the log of events does not have.
 */
public final class FactLines implements LogListener {

    /** Git and the objects have them all. */
    private static final int MAX_NAMES = 10;

    /** Its kind, its namespace and its own. */
    private static final int NAMES_OF_A_RESOURCE = 3;

    private static final System.Logger LOG = System.getLogger(FactLines.class.getName());

    private final RepeatedLines repeated;

    /** @param clock says when the same is said again of what comes again and again */
    public FactLines(Clock clock) {
        this.repeated = new RepeatedLines(line -> LOG.log(Level.WARNING, line), clock);
    }

    @Override
    public void read(Envelope<?> event) {}

    @Override
    public void appended(Envelope<?> event) {
        tell(event);
    }

    @Override
    public void deadLetter(Topic from) {
        repeated.say(LogKeys.line("dead-letter", LogKeys.TOPIC, from.topicName()));
    }

    /** Says what there is to say of a fact. */
    private static void tell(Envelope<?> fact) {
        Level level = level(fact.event());
        if (LOG.isLoggable(level)) {
            String line = of(fact);
            if (line != null) {
                LOG.log(level, line);
            }
        }
    }

    /** What the line of a fact is, or would be where only something larger has one; empty for one that is nobody's business. */
    public static String text(Envelope<?> fact) {
        String line = of(fact);
        return line == null ? FactParts.line(fact.event()) : line;
    }

    /** Whether something did not go well; somebody's stop is no failure. */
    public static boolean isFailure(Event event) {
        return level(event) == Level.WARNING && !(event instanceof Event.ControlRequested);
    }

    /** Why something is not Ready, as its status says it too; empty for a fact that says nothing of that. */
    public static Optional<String> failure(Event event) {
        return switch (event) {
            case ScanFailed failed -> Optional.of(failed.message());
            case Event.UpdateRefused refused -> Optional.of(refused.message());
            case Event.UpdateFailed failed -> Optional.of(failed.message());
            case PolicyDecided decided when event(decided.outcome()) != null -> Optional.of(decided.message());
            default -> Optional.empty();
        };
    }

    /** Null for what only services tell each other: what is declared, where they are, what is part of something larger. */
    static @Nullable String of(Envelope<?> fact) {
        String line = line(fact.event());
        return line == null ? null : line + ' ' + LogKeys.pair(LogKeys.CORRELATION, fact.correlationid());
    }

    /** What somebody should do something about, or has done to everybody, is a warning. */
    static Level level(Event event) {
        return switch (event) {
            case ScanFailed failed -> Level.WARNING;
            case Event.UpdateRefused refused -> Level.WARNING;
            case Event.UpdateFailed failed -> Level.WARNING;
            case Event.ControlRequested control -> Level.WARNING;
            case PolicyDecided decided when decided.outcome() == Event.DecisionOutcome.INVALID -> Level.WARNING;
            default -> Level.INFO;
        };
    }

    private static @Nullable String line(Event event) {
        return switch (event) {
            case Event.RegistryNotified hook ->
                LogKeys.line(
                        "webhook-accepted",
                        LogKeys.RESOURCE,
                        "Receiver/" + hook.receiver(),
                        LogKeys.IMAGE,
                        hook.image(),
                        LogKeys.TAG,
                        hook.claimedTag());
            case Event.TagDiscovered tag when tag.scope() == Scope.TAG -> FactParts.line(tag);
            case Event.TagRemoved tag when tag.scope() == Scope.TAG -> FactParts.line(tag);
            case Event.ScanCompleted scan ->
                LogKeys.line(
                        "scan-completed",
                        LogKeys.FEED,
                        scan.feed(),
                        LogKeys.COUNT,
                        scan.tagCount(),
                        LogKeys.ADDED,
                        scan.added(),
                        LogKeys.REMOVED,
                        scan.removed());
            // how a scan ends that was the first, or found much
            case TagsListed page
            when page.origin() == TagsListed.Origin.SCAN && page.page() == page.pages() ->
                LogKeys.line(
                        "scan-completed",
                        LogKeys.FEED,
                        page.feed(),
                        LogKeys.COUNT,
                        page.pages() == 1 ? page.tags().size() : null);
            case ScanFailed scan ->
                LogKeys.line(
                        "scan-failed",
                        LogKeys.FEED,
                        scan.feed(),
                        LogKeys.REASON,
                        scan.reason() + ": " + scan.message(),
                        LogKeys.NEXT_TRY,
                        scan.nextTry());
            case PolicyDecided decided -> decided(decided);
            case Event.TagSelected selected ->
                LogKeys.line(
                        "tag-selected",
                        LogKeys.RESOURCE,
                        resource(selected.target()),
                        LogKeys.IMAGE,
                        selected.name(),
                        LogKeys.TAG,
                        tags(selected.tags()),
                        LogKeys.PREVIOUS,
                        tags(selected.previous()));
            case Event.ControlRequested control ->
                LogKeys.line(
                        control.action() == Event.ControlAction.HALT ? "halted" : "halt-lifted",
                        LogKeys.WHO,
                        control.who(),
                        LogKeys.REASON,
                        control.why());
            case Committed commit ->
                LogKeys.line(
                        "committed",
                        LogKeys.RESOURCE,
                        "ImageUpdateAutomation/" + commit.automation(),
                        LogKeys.BRANCH,
                        commit.branch(),
                        LogKeys.COMMIT,
                        commit.commit(),
                        LogKeys.IMAGE,
                        names(commit.images()));
            case Event.Rendered set ->
                LogKeys.line(
                        "rendered",
                        LogKeys.RESOURCE,
                        "ResourceSet/" + set.resourceSet(),
                        LogKeys.OBJECTS,
                        names(set.objects()));
            case Event.UpdateRefused update ->
                LogKeys.line(
                        "update-refused",
                        LogKeys.RESOURCE,
                        resource(update.what()),
                        LogKeys.REASON,
                        update.reason() + ": " + update.message());
            case Event.UpdateFailed update ->
                LogKeys.line(
                        "update-failed",
                        LogKeys.RESOURCE,
                        resource(update.what()),
                        LogKeys.REASON,
                        update.reason() + ": " + update.message(),
                        LogKeys.NEXT_TRY,
                        update.nextTry());
            case Event.TagDiscovered part -> null;
            case Event.TagRemoved part -> null;
            case TagsListed part -> null;
            case TagsChanged part -> null;
            case Event.FeedScanned position -> null;
            case Event.PartitionClaimed position -> null;
            case Event.BranchState position -> null;
            case Event.PolicyDeclared declared -> null;
            case PolicyHandedOver between -> null;
            case BranchTagFound between -> null;
            case Event.TagCheckWanted between -> null;
        };
    }

    /** What is selected has a line of its own, and what stays as it is needs none. */
    private static @Nullable String decided(PolicyDecided decided) {
        String event = event(decided.outcome());
        return event == null
                ? null
                : LogKeys.line(
                        event,
                        LogKeys.RESOURCE,
                        resource(decided.target()),
                        LogKeys.REASON,
                        decided.message(),
                        LogKeys.UNTIL,
                        decided.until());
    }

    private static @Nullable String event(Event.DecisionOutcome outcome) {
        return switch (outcome) {
            case WAITING -> "policy-waiting";
            case NOTHING_MATCHES -> "nothing-matches";
            case INVALID -> "policy-invalid";
            case SELECTED, KEPT, UNKNOWN -> null;
        };
    }

    static String resource(Target target) {
        return target.kind() + '/' + target.namespace() + '/' + target.name();
    }

    /** The log of events names a ResourceSet with its cluster, which everybody else leaves out. */
    private static String resource(String what) {
        List<String> parts = List.of(what.split("/", -1));
        return String.join("/", parts.subList(Math.max(0, parts.size() - NAMES_OF_A_RESOURCE), parts.size()));
    }

    private static @Nullable String tags(List<SelectedTag> tags) {
        return names(tags.stream().map(SelectedTag::tag).toList());
    }

    private static @Nullable String names(List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        int more = names.size() - MAX_NAMES;
        return names.stream().limit(MAX_NAMES).collect(Collectors.joining(",")) + (more > 0 ? ",+" + more : "");
    }
}
