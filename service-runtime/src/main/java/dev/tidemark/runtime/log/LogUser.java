package dev.tidemark.runtime.log;

import static dev.tidemark.events.Topic.BRANCH_STATE;
import static dev.tidemark.events.Topic.CONTROL_REQUESTED;
import static dev.tidemark.events.Topic.FEED_SCANNED;
import static dev.tidemark.events.Topic.POLICY_DECIDED;
import static dev.tidemark.events.Topic.POLICY_DECLARED;
import static dev.tidemark.events.Topic.POLICY_HANDED_OVER;
import static dev.tidemark.events.Topic.REGISTRY_NOTIFIED;
import static dev.tidemark.events.Topic.TAG_CHECK_WANTED;
import static dev.tidemark.events.Topic.TAG_DISCOVERED;
import static dev.tidemark.events.Topic.TAG_SELECTED;
import static dev.tidemark.events.Topic.UPDATE_APPLIED;

import dev.tidemark.events.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who uses the log, and for what. A service makes and checks the topics of its own use at its start, and its user needs
 * the rights of it and no others ({@link AclList}).
 */
public enum LogUser {
    REGISTRY_WATCHER,
    POLICY_EVALUATOR,
    GIT_COMMITTER,
    GITLESS_RENDERER;

    /** What policy-evaluator's Streams application is called, where nothing else is set. */
    static final String TOPOLOGY = "policy-evaluator";

    /**
     * What for.
     *
     * @param putsAside the topics of which it puts what nobody can read among the dead letters
     * @param groups of consumers, without the cluster's prefix; also what a Streams application is called
     */
    private record Use(Set<Topic> reads, Set<Topic> writes, Set<Topic> putsAside, List<String> groups) {}

    private Use use() {
        return switch (this) {
            case REGISTRY_WATCHER ->
                new Use(
                        EnumSet.of(REGISTRY_NOTIFIED, TAG_DISCOVERED, FEED_SCANNED, TAG_CHECK_WANTED),
                        EnumSet.of(REGISTRY_NOTIFIED, TAG_DISCOVERED, FEED_SCANNED),
                        EnumSet.of(REGISTRY_NOTIFIED, TAG_CHECK_WANTED),
                        List.of("registry-watcher-registry-notified"));
            case POLICY_EVALUATOR ->
                new Use(
                        EnumSet.of(
                                TAG_DISCOVERED,
                                POLICY_DECLARED,
                                POLICY_HANDED_OVER,
                                CONTROL_REQUESTED,
                                POLICY_DECIDED,
                                TAG_SELECTED,
                                BRANCH_STATE,
                                REGISTRY_NOTIFIED,
                                UPDATE_APPLIED),
                        EnumSet.of(
                                POLICY_DECLARED,
                                POLICY_HANDED_OVER,
                                CONTROL_REQUESTED,
                                POLICY_DECIDED,
                                TAG_SELECTED,
                                TAG_CHECK_WANTED),
                        EnumSet.of(
                                TAG_DISCOVERED, POLICY_DECLARED, POLICY_HANDED_OVER, CONTROL_REQUESTED, POLICY_DECIDED),
                        List.of("policy-evaluator-policy-declared", "policy-evaluator-policy-decided", TOPOLOGY));
            case GIT_COMMITTER ->
                new Use(
                        EnumSet.of(TAG_SELECTED, BRANCH_STATE),
                        EnumSet.of(BRANCH_STATE, UPDATE_APPLIED, POLICY_HANDED_OVER),
                        EnumSet.of(TAG_SELECTED, BRANCH_STATE),
                        List.of("git-committer-branch-state"));
            case GITLESS_RENDERER ->
                new Use(
                        EnumSet.of(TAG_SELECTED, POLICY_DECIDED, FEED_SCANNED),
                        EnumSet.of(UPDATE_APPLIED),
                        EnumSet.of(TAG_SELECTED, POLICY_DECIDED, FEED_SCANNED),
                        List.of("gitless-renderer-tag-selected"));
        };
    }

    /** What the service is called, and its user in the documentation. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean reads(Topic topic) {
        return use().reads().contains(topic);
    }

    boolean writes(Topic topic) {
        return use().writes().contains(topic);
    }

    /** Whether what nobody can read of the topic is put among its dead letters by this service. */
    boolean putsAside(Topic topic) {
        return use().putsAside().contains(topic);
    }

    /** Whether it tells people what lies among the dead letters, of all topics and of whoever put it there. */
    boolean readsDeadLetters() {
        return this == POLICY_EVALUATOR;
    }

    /** Whether the topic of the topic's dead letters is this service's to make: also where only others read the topic. */
    boolean keepsDeadLetters(Topic topic) {
        boolean isReadByOthers = Arrays.stream(values()).noneMatch(user -> user.putsAside(topic));
        return putsAside(topic) || (writes(topic) && isReadByOthers);
    }

    /** Of consumers, without the cluster's prefix; also what a Streams application is called. */
    List<String> groups() {
        return use().groups();
    }

    /** Whether it has a Streams application of that group, with changelogs and transactions. */
    boolean isTopology(String group) {
        return group.equals(TOPOLOGY);
    }

    /** The topics of some services, with their dead letters, as they would be made. */
    static List<PlannedTopic> topics(Collection<LogUser> users, LogSettings settings) {
        List<PlannedTopic> planned = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (users.stream().anyMatch(user -> user.reads(topic) || user.writes(topic))) {
                planned.add(TopicSettings.planned(topic, settings));
            }
            if (users.stream().anyMatch(user -> user.keepsDeadLetters(topic))) {
                planned.add(TopicSettings.plannedDeadLetters(topic, settings));
            }
        }
        return planned;
    }
}
