package dev.tidemark.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The topics of the log and how long each keeps its records (DESIGN section 4). */
public enum Topic {
    REGISTRY_NOTIFIED("registry-notified", Partitions.BY_IMAGE, Retention.WEEK),
    TAG_DISCOVERED("tag-discovered", Partitions.BY_IMAGE, Retention.COMPACTED_AFTER_WINDOW),
    FEED_SCANNED("feed-scanned", Partitions.BY_IMAGE, Retention.COMPACTED),
    POLICY_DECLARED("policy-declared", Partitions.BY_IMAGE, Retention.COMPACTED_AFTER_WINDOW),
    POLICY_HANDED_OVER("policy-handed-over", Partitions.BY_IMAGE, Retention.COMPACTED_AFTER_WINDOW),
    TAG_CHECK_WANTED("tag-check-wanted", Partitions.BY_IMAGE, Retention.COMPACTED),
    CONTROL_REQUESTED("control-requested", Partitions.BY_IMAGE, Retention.COMPACTED_AFTER_WINDOW),
    POLICY_DECIDED("policy-decided", Partitions.BY_KEY, Retention.WINDOW),
    TAG_SELECTED("tag-selected", Partitions.BY_KEY, Retention.COMPACTED_AFTER_WINDOW),
    BRANCH_STATE("branch-state", Partitions.BY_KEY, Retention.COMPACTED),
    UPDATE_APPLIED("update-applied", Partitions.BY_KEY, Retention.WINDOW);

    /** How long dead letters stay: long enough to be found and replayed after a holiday. */
    public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private static final String DEAD_LETTER_SUFFIX = ".dead-letter";

    private final String topicName;
    private final Partitions partitions;
    private final Retention retention;

    Topic(String topicName, Partitions partitions, Retention retention) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = retention;
    }

    public String topicName() {
        return topicName;
    }

    public Partitions partitions() {
        return partitions;
    }

    public Retention retention() {
        return retention;
    }

    /** Where records of this topic go that nobody can read. */
    public String deadLetterName() {
        return topicName + DEAD_LETTER_SUFFIX;
    }

    /** The topic with that name, whatever an installation puts before it. No topic's name ends with another's. */
    public static Optional<Topic> named(String name) {
        return Arrays.stream(values()).filter(t -> name.endsWith(t.topicName)).findFirst();
    }

    /** What a topic's partition follows. Topics that follow the image all have one count and are joined by number. */
    public enum Partitions {
        BY_IMAGE,
        BY_KEY
    }

    /** What the broker keeps. */
    public enum Retention {
        /** Seven days: a notification is worthless once a scan has passed. */
        WEEK,
        /** The audit window, then gone. */
        WINDOW,
        /** The newest record of each key for ever, everything for the audit window. */
        COMPACTED_AFTER_WINDOW,
        /** The newest record of each key; history is of no use. */
        COMPACTED
    }
}
