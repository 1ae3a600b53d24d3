package dev.tidemark.evaluation.replay;

import dev.tidemark.evaluation.replay.CommitStory.Discovery;
import dev.tidemark.evaluation.replay.CommitStory.Origin;
import dev.tidemark.evaluation.replay.CommitStory.Stage;
import dev.tidemark.evaluation.replay.CommitStory.Step;
import dev.tidemark.events.Committed;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.Event.RegistryNotified;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From a commit to what it was made from: what its header names (ADR 11) is in {@code update-applied}, too, and leads to the
 * selections, to what made their policies decide, and to the webhook or the scan that began it. Answered from the log alone,
 * whose topics are each read once, however much the commit changed.
 */
public final class CommitExplainer {

    /** Git takes no fewer digits for an abbreviation, and has no more. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{4,40}");

    /** So many are named of an abbreviation that begins more. */
    static final int MAX_NAMED = 5;

    private final RecordedLog log;

    public CommitExplainer(RecordedLog log) {
        this.log = log;
    }

    /** What the log says to a commit's id. */
    public sealed interface Answer {

        record Explained(CommitStory story) implements Answer {}

        /** No commit has such an id. */
        record Malformed() implements Answer {}

        /** It was not recorded, or longer ago than the log remembers. */
        record Unknown() implements Answer {}

        /** @param ids some of those that begin so */
        record Ambiguous(List<String> ids) implements Answer {}
    }

    /** @param id whole or abbreviated */
    public Answer explain(String id) {
        String beginning = id.toLowerCase(Locale.ROOT);
        if (!ID.matcher(beginning).matches()) {
            return new Answer.Malformed();
        }
        Map<String, Envelope<?>> found = commits(beginning);
        return switch (found.size()) {
            case 0 -> new Answer.Unknown();
            case 1 -> new Answer.Explained(story(found.values().iterator().next()));
            default -> new Answer.Ambiguous(List.copyOf(found.keySet()));
        };
    }

    /** A commit that was recorded twice is told with its changes, which only who built it knows. */
    private Map<String, Envelope<?>> commits(String beginning) {
        Map<String, Envelope<?>> found = new TreeMap<>();
        each(Topic.UPDATE_APPLIED, all(), key -> key.indexOf('#') >= 0, envelope -> {
            if (envelope.event() instanceof Committed committed
                    && committed.commit().startsWith(beginning)
                    && (found.size() < MAX_NAMED || found.containsKey(committed.commit()))) {
                found.merge(
                        committed.commit(),
                        envelope,
                        (one, other) -> committed.changes().isEmpty() ? one : other);
            }
        });
        return found;
    }

    private CommitStory story(Envelope<?> envelope) {
        Committed committed = (Committed) envelope.event();
        Map<String, Long> named = committed.selections() == null ? Map.of() : committed.selections();
        List<Envelope<?>> selected = selections(named, envelope.causationid());
        Map<String, PolicyDecided> decisions = decisions(selected);
        Map<String, Envelope<?>> causes = causes(selected);
        Map<String, Envelope<?>> notifications = notifications(selected);
        List<Origin> origins = selected.stream()
                .map(one -> origin(
                        one,
                        decisions.get(one.id()),
                        one.causationid() == null ? null : causes.get(one.causationid()),
                        notifications.get(one.correlationid()),
                        envelope))
                .toList();
        Set<String> known =
                origins.stream().map(origin -> origin.target().text()).collect(Collectors.toSet());
        return new CommitStory(
                committed.commit(),
                committed.branch(),
                committed.automation(),
                committed.message(),
                envelope.time(),
                committed.changes(),
                committed.images(),
                committed.total(),
                origins,
                named.keySet().stream()
                        .filter(target -> !known.contains(target))
                        .sorted()
                        .toList());
    }

    /**
     * Those that the commit names; of one that was recorded before commits said so in the log, the newest alone, which led to
     * the commit.
     */
    private List<Envelope<?>> selections(Map<String, Long> named, @Nullable String cause) {
        Map<String, Envelope<?>> found = new TreeMap<>();
        Collection<Integer> partitions = named.isEmpty() ? all() : partitions(Topic.TAG_SELECTED, named.keySet());
        each(Topic.TAG_SELECTED, partitions, key -> named.isEmpty() || named.containsKey(key), envelope -> {
            if (envelope.event() instanceof TagSelected selected
                    && (named.isEmpty()
                            ? envelope.id().equals(cause)
                            : Long.valueOf(selected.sequence()).equals(named.get(envelope.key())))) {
                found.put(envelope.key(), envelope);
            }
        });
        return List.copyOf(found.values());
    }

    /** By the selection that was made with it: of the same cause, at the same moment. */
    private Map<String, PolicyDecided> decisions(List<Envelope<?>> selected) {
        Map<String, Envelope<?>> byTarget = selected.stream().collect(Collectors.toMap(Envelope::key, one -> one));
        Map<String, PolicyDecided> found = new HashMap<>();
        each(
                Topic.POLICY_DECIDED,
                partitions(Topic.POLICY_DECIDED, byTarget.keySet()),
                byTarget::containsKey,
                envelope -> {
                    Envelope<?> selection = byTarget.get(envelope.key());
                    if (envelope.event() instanceof PolicyDecided decided
                            && selection != null
                            && decided.decidedAt().equals(((TagSelected) selection.event()).decidedAt())) {
                        found.put(selection.id(), decided);
                    }
                });
        return found;
    }

    /** What the watcher wrote and made a policy decide, by id. */
    private Map<String, Envelope<?>> causes(List<Envelope<?>> selected) {
        Set<String> wanted = selected.stream()
                .flatMap(one -> Optional.ofNullable(one.causationid()).stream())
                .collect(Collectors.toSet());
        Map<String, Envelope<?>> found = new HashMap<>();
        each(Topic.TAG_DISCOVERED, partitionsOfImages(selected), any -> true, envelope -> {
            if (wanted.contains(envelope.id())) {
                found.put(envelope.id(), envelope);
            }
        });
        return found;
    }

    /** What began it, where that was a webhook, by the chain that it began. */
    private Map<String, Envelope<?>> notifications(List<Envelope<?>> selected) {
        Set<String> wanted = selected.stream().map(Envelope::correlationid).collect(Collectors.toSet());
        Map<String, Envelope<?>> found = new HashMap<>();
        each(Topic.REGISTRY_NOTIFIED, partitionsOfImages(selected), any -> true, envelope -> {
            if (wanted.contains(envelope.correlationid())) {
                found.put(envelope.correlationid(), envelope);
            }
        });
        return found;
    }

    private static Origin origin(
            Envelope<?> selection,
            @Nullable PolicyDecided decided,
            @Nullable Envelope<?> cause,
            @Nullable Envelope<?> notification,
            Envelope<?> commit) {
        TagSelected selected = (TagSelected) selection.event();
        List<Step> steps = new ArrayList<>();
        if (notification != null) {
            steps.add(new Step(Stage.NOTIFIED, notification.time()));
        }
        if (cause != null) {
            steps.add(new Step(Stage.DISCOVERED, cause.time()));
        }
        steps.add(new Step(Stage.SELECTED, selection.time()));
        steps.add(new Step(Stage.PUSHED, commit.time()));
        return new Origin(
                selected.target(),
                selected.sequence(),
                selected.name(),
                selected.tags(),
                selected.previous(),
                decided == null ? null : decided.message(),
                decided == null ? null : decided.reason(),
                decided == null ? null : decided.trigger(),
                cause == null ? null : discovery(cause, notification),
                steps);
    }

    private static Discovery discovery(Envelope<?> cause, @Nullable Envelope<?> notification) {
        return notification != null && notification.event() instanceof RegistryNotified notified
                ? new Discovery(Discovery.Way.WEBHOOK, notified.receiver(), cause.source(), cause.time())
                : new Discovery(way(cause.event()), "", cause.source(), cause.time());
    }

    private static Discovery.Way way(Event event) {
        return event instanceof Event.TagDiscovered found && found.scope() == Event.Scope.TAG
                ? Discovery.Way.CHECK
                : Discovery.Way.SCAN;
    }

    private void each(
            Topic topic,
            Collection<Integer> partitions,
            Predicate<String> keys,
            java.util.function.Consumer<Envelope<?>> reader) {
        if (!partitions.isEmpty()) {
            log.each(topic, partitions, keys, record -> {
                if (record.event() != null) {
                    reader.accept(record.event());
                }
            });
        }
    }

    private Collection<Integer> all() {
        return IntStream.range(0, log.partitions()).boxed().toList();
    }

    private Set<Integer> partitions(Topic topic, Collection<String> keys) {
        return keys.stream()
                .map(key -> Partitioning.partition(topic, key, log.partitions()))
                .collect(Collectors.toSet());
    }

    private Set<Integer> partitionsOfImages(List<Envelope<?>> selected) {
        return selected.stream()
                .map(one -> ((TagSelected) one.event()).image())
                .map((ImageName image) -> Partitioning.partition(image, log.partitions()))
                .collect(Collectors.toSet());
    }
}
