package dev.tidemark.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The wire names of the events, with the topic that carries each. A new version is a new constant. */
public enum EventType {
    REGISTRY_NOTIFIED("dev.tidemark.registry-notified.v1", Event.RegistryNotified.class, Topic.REGISTRY_NOTIFIED),
    TAG_DISCOVERED("dev.tidemark.tag-discovered.v1", Event.TagDiscovered.class, Topic.TAG_DISCOVERED),
    TAG_REMOVED("dev.tidemark.tag-removed.v1", Event.TagRemoved.class, Topic.TAG_DISCOVERED),
    TAGS_LISTED("dev.tidemark.tags-listed.v1", TagsListed.class, Topic.TAG_DISCOVERED),
    TAGS_CHANGED("dev.tidemark.tags-changed.v1", TagsChanged.class, Topic.TAG_DISCOVERED),
    SCAN_COMPLETED("dev.tidemark.scan-completed.v1", Event.ScanCompleted.class, Topic.TAG_DISCOVERED),
    SCAN_FAILED("dev.tidemark.scan-failed.v1", ScanFailed.class, Topic.FEED_SCANNED),
    FEED_SCANNED("dev.tidemark.feed-scanned.v1", Event.FeedScanned.class, Topic.FEED_SCANNED),
    PARTITION_CLAIMED("dev.tidemark.partition-claimed.v1", Event.PartitionClaimed.class, Topic.TAG_DISCOVERED),
    POLICY_DECLARED("dev.tidemark.policy-declared.v1", Event.PolicyDeclared.class, Topic.POLICY_DECLARED),
    POLICY_HANDED_OVER("dev.tidemark.policy-handed-over.v1", PolicyHandedOver.class, Topic.POLICY_HANDED_OVER),
    BRANCH_TAG_FOUND("dev.tidemark.branch-tag-found.v1", BranchTagFound.class, Topic.POLICY_HANDED_OVER),
    TAG_CHECK_WANTED("dev.tidemark.tag-check-wanted.v1", Event.TagCheckWanted.class, Topic.TAG_CHECK_WANTED),
    CONTROL_REQUESTED("dev.tidemark.control-requested.v1", Event.ControlRequested.class, Topic.CONTROL_REQUESTED),
    POLICY_DECIDED("dev.tidemark.policy-decided.v1", Event.PolicyDecided.class, Topic.POLICY_DECIDED),
    TAG_SELECTED("dev.tidemark.tag-selected.v1", Event.TagSelected.class, Topic.TAG_SELECTED),
    BRANCH_STATE("dev.tidemark.branch-state.v1", Event.BranchState.class, Topic.BRANCH_STATE),
    COMMITTED("dev.tidemark.committed.v1", Committed.class, Topic.UPDATE_APPLIED),
    RENDERED("dev.tidemark.rendered.v1", Event.Rendered.class, Topic.UPDATE_APPLIED),
    UPDATE_REFUSED("dev.tidemark.update-refused.v1", Event.UpdateRefused.class, Topic.UPDATE_APPLIED),
    UPDATE_FAILED("dev.tidemark.update-failed.v1", Event.UpdateFailed.class, Topic.UPDATE_APPLIED);

    private static final Pattern OURS = Pattern.compile("dev\\.tidemark\\.[a-z][a-z-]{0,40}\\.v[0-9]{1,4}");

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));
    private static final Map<Class<? extends Event>, EventType> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::dataClass, Function.identity()));

    private final String wireName;
    private final Class<? extends Event> dataClass;
    private final Topic topic;

    EventType(String wireName, Class<? extends Event> dataClass, Topic topic) {
        this.wireName = wireName;
        this.dataClass = dataClass;
        this.topic = topic;
    }

    /** The CloudEvents {@code type}. */
    public String wireName() {
        return wireName;
    }

    public Class<? extends Event> dataClass() {
        return dataClass;
    }

    /** The only topic this type is written to; where older builds wrote it, {@link Keys#isUnder} knows. */
    public Topic topic() {
        return topic;
    }

    /** Whether a wire name is one of Tidemark's, perhaps of a newer build's. */
    static boolean isOurs(String wireName) {
        return OURS.matcher(wireName).matches();
    }

    /** The type with that wire name, empty for one that this build does not know. */
    public static Optional<EventType> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** The type of an event. */
    public static EventType of(Event event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalStateException("no event type is registered for " + event.getClass());
        }
        return type;
    }
}
