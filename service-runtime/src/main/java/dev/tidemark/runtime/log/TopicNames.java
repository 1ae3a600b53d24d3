package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the topics, groups and transactions of one cluster are called. Clusters may share a broker, never a topic: what
 * one declares would be another's, too (ADR 24).
 *
 * @param prefix what every name begins with, its separator included; empty for names as they are
 */
public record TopicNames(String prefix) {

    /** The cluster whose names have no prefix: logs that began before there was another go on. */
    public static final String FIRST_CLUSTER = "local";

    /** What Kafka takes in the name of a topic. */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]*");

    /** Kafka takes 249; the longest name of a topic and of a changelog must still fit behind the prefix. */
    private static final int LONGEST_PREFIX = 128;

    /** Names as they are. */
    public static final TopicNames PLAIN = new TopicNames("");

    /** @throws IllegalArgumentException with the remedy, when Kafka would not take such a name */
    public TopicNames {
        if (!ALLOWED.matcher(prefix).matches() || prefix.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("the names of topics cannot begin with '" + prefix
                    + "': set tidemark.topic-prefix to at most " + LONGEST_PREFIX
                    + " letters, digits, dots, underscores and hyphens");
        }
    }

    /**
     * The names of a cluster.
     *
     * @param prefix as it is set; empty: the cluster's name and a dot
     */
    public static TopicNames of(String cluster, Optional<String> prefix) {
        return new TopicNames(prefix.orElse(cluster.equals(FIRST_CLUSTER) ? "" : cluster + '.'));
    }

    public String name(Topic topic) {
        return prefix + topic.topicName();
    }

    /** Where records of the topic go that nobody can read. */
    public String deadLetters(Topic topic) {
        return prefix + topic.deadLetterName();
    }

    /** The real name of a consumer group or of a Streams application, whose changelogs and transactions follow it. */
    public String group(String name) {
        return prefix + name;
    }
}
