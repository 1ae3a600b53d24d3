package dev.tidemark.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact of the log. Each type has one owning producer, named at the record; {@link EventType} gives its wire name.
 *
 * <p>Member names {@code type}, {@code id}, {@code time}, {@code source}, {@code correlationid} and {@code causationid}
 * are the envelope's and not used here: the JSON value carries both side by side.
 */
public sealed interface Event
        permits FeedEvent,
                EvaluatorInput,
                EffectEvent,
                Event.RegistryNotified,
                Event.TagCheckWanted,
                Event.PolicyDecided,
                Event.TagSelected,
                Event.BranchState {

    /**
     * Somebody says that a registry changed. Written by the watcher's webhook handler; nothing in it is believed.
     *
     * @param receiver {@code namespace/name} of the Receiver that authenticated the request
     * @param listed resources of the Receiver on this image, {@code kind/namespace/name}
     * @param claimedTag the tag that the payload names, or null for "scan everything"
     */
    record RegistryNotified(
            ImageName image,
            String receiver,
            List<String> listed,
            @Nullable String claimedTag) implements Event {}

    /**
     * A feed has a tag, or the tag's digest became known or changed. Written by the watcher that owns the image.
     *
     * @param scope {@code SCAN}: part of a full scan's difference; {@code TAG}: verified by itself, takes effect at once
     * @param firstSeen our clock when the tag was first seen; null for tags of a first import ("age unknown")
     * @param base the generation that this is news to; null where the log has no base of the feed
     */
    record TagDiscovered(
            Feed feed,
            String tag,
            @Nullable String digest,
            Scan scan,
            Scope scope,
            @Nullable Instant firstSeen,
            @Nullable ScanOrder base)
            implements FeedEvent, EvaluatorInput {

        /** To no base. */
        public TagDiscovered(
                Feed feed, String tag, @Nullable String digest, Scan scan, Scope scope, @Nullable Instant firstSeen) {
            this(feed, tag, digest, scan, scope, firstSeen, null);
        }
    }

    /**
     * A tag is not there any more. Written by the watcher that owns the image.
     *
     * @param scope {@code SCAN}: a completed scan did not list it; {@code TAG}: the registry answered 404 to a request
     *     for this one tag
     * @param base the generation that this is news to; null where the log has no base of the feed
     */
    record TagRemoved(
            Feed feed,
            String tag,
            Scan scan,
            Scope scope,
            @Nullable ScanOrder base) implements FeedEvent, EvaluatorInput {

        /** To no base. */
        public TagRemoved(Feed feed, String tag, Scan scan, Scope scope) {
            this(feed, tag, scan, scope, null);
        }
    }

    /** A full scan's difference is complete. Written only if it changed something, was the first or ended a failure. */
    record ScanCompleted(Feed feed, Scan scan, int tagCount, int added, int removed, String checksum)
            implements FeedEvent, EvaluatorInput {}

    /**
     * Every good scan: the watcher's own memory of when to scan again.
     *
     * @param scan the newest good one, also of an earlier owner
     * @param epoch of the owner that wrote it; null from before owners claimed their partitions
     */
    record FeedScanned(
            Feed feed,
            Scan scan,
            int tagCount,
            String checksum,
            Instant nextDue,
            @Nullable Long epoch) implements FeedEvent {

        /** From before owners claimed their partitions. */
        public FeedScanned(Feed feed, Scan scan, int tagCount, String checksum, Instant nextDue) {
            this(feed, scan, tagCount, checksum, nextDue, null);
        }
    }

    /**
     * The first word of a new owner in its partition of {@code tag-discovered}: its offset is the epoch that all it writes
     * carries. Written by the watcher that was given the partition, after a proof of that.
     *
     * @param owner the process that claims, for people
     * @param claim unique per claim: an owner knows its own by it
     */
    record PartitionClaimed(int partition, String owner, String claim) implements EvaluatorInput {}

    /**
     * A policy as its resource declares it. Written by the evaluator that owns the image's partition.
     *
     * @param name {@code spec.image} verbatim: the name that selections carry
     * @param rule how it chooses
     * @param digestReflection {@code Always}, {@code IfNotPresent} or {@code Never}
     * @param exclusionList patterns of tags that the resource never wants to see
     * @param annotations those with the prefix {@code tidemark.dev/}, and Flux's {@code requestedAt}
     * @param sequence grows with every declaration of the target; older ones are dropped
     * @param interval with {@code Always}: how often the digest is looked at; null where not set
     * @param movedFrom the image under which the target is, or was until its withdrawal was written, declared: nothing is
     *     selected before that one is handed over; null where nobody else has the target
     * @param after selections of the target continue behind this sequence; null for 0
     */
    record PolicyDeclared(
            ImageName image,
            Target target,
            Feed feed,
            String name,
            PolicyRule rule,
            TagFilter filterTags,
            String digestReflection,
            List<String> exclusionList,
            Map<String, String> annotations,
            String uid,
            String resourceVersion,
            long sequence,
            boolean suspended,
            @Nullable Duration interval,
            @Nullable ImageName movedFrom,
            @Nullable Long after)
            implements EvaluatorInput {

        /** Without an interval, of a target that nobody else has. */
        public PolicyDeclared(
                ImageName image,
                Target target,
                Feed feed,
                String name,
                PolicyRule rule,
                TagFilter filterTags,
                String digestReflection,
                List<String> exclusionList,
                Map<String, String> annotations,
                String uid,
                String resourceVersion,
                long sequence,
                boolean suspended) {
            this(
                    image,
                    target,
                    feed,
                    name,
                    rule,
                    filterTags,
                    digestReflection,
                    exclusionList,
                    annotations,
                    uid,
                    resourceVersion,
                    sequence,
                    suspended,
                    null,
                    null,
                    null);
        }

        /** The same declaration with another sequence. */
        public PolicyDeclared withSequence(long other) {
            return with(uid, resourceVersion, other, suspended, movedFrom, after);
        }

        /** The same declaration, read from another object, or from another version of it. */
        public PolicyDeclared readFrom(String otherUid, String otherVersion) {
            return with(otherUid, otherVersion, sequence, suspended, movedFrom, after);
        }

        /** The same declaration of a policy that is not to decide. */
        public PolicyDeclared suspend() {
            return with(uid, resourceVersion, sequence, true, movedFrom, after);
        }

        /** The same declaration of a target with another past. */
        public PolicyDeclared following(@Nullable ImageName image, @Nullable Long selection) {
            return with(uid, resourceVersion, sequence, suspended, image, selection);
        }

        private PolicyDeclared with(
                String otherUid,
                String otherVersion,
                long otherSequence,
                boolean otherSuspended,
                @Nullable ImageName otherImage,
                @Nullable Long otherAfter) {
            return new PolicyDeclared(
                    image,
                    target,
                    feed,
                    name,
                    rule,
                    filterTags,
                    digestReflection,
                    exclusionList,
                    annotations,
                    otherUid,
                    otherVersion,
                    otherSequence,
                    otherSuspended,
                    interval,
                    otherImage,
                    otherAfter);
        }
    }

    /**
     * The evaluator requests that the watcher resolves one tag, or writes a new base. Written by the evaluator.
     *
     * @param tag {@link #BASE} where a base is wanted
     */
    record TagCheckWanted(
            Feed feed,
            String tag,
            CheckPurpose purpose,
            @Nullable Duration every) implements Event {

        /** No tag begins with a colon. */
        public static final String BASE = ":base";
    }

    /**
     * A person stops everything, or lifts the stop. Written by the console and the command line, one copy into every
     * partition (see {@code dev.tidemark.runtime.log.ControlWriter}), so that each owner of images reads it in order.
     *
     * @param scope {@link #EVERYTHING}
     */
    record ControlRequested(String scope, ControlAction action, String who, String why) implements EvaluatorInput {

        /** The scope of the emergency stop. */
        public static final String EVERYTHING = "everything";
    }

    /**
     * What a policy came to, and why. Written by the evaluator when an outcome or its reason changes, and for selections.
     *
     * @param outcome the decision's name
     * @param reason Flux's condition reason ({@code Succeeded}, {@code InvalidPolicy} …)
     * @param trigger what made it decide
     * @param inputs offsets up to which the input was read, {@code topic-partition} to offset: replay starts from them
     * @param remarks why not the other tags that come into question, best first; null in records of older evaluators
     * @param flapping in words, when the selection goes back and forth; null while it does not
     * @param until when the reason ends by itself; null where only an event ends it
     * @param details what waits and what helps, without Flux's sentence that {@code message} may begin with; null where
     *     there is nothing to add, and in records of older evaluators
     */
    record PolicyDecided(
            Target target,
            String name,
            DecisionOutcome outcome,
            String reason,
            String message,
            List<SelectedTag> selection,
            List<SelectedTag> previous,
            Trigger trigger,
            Instant decidedAt,
            Map<String, Long> inputs,
            String evaluator,
            @Nullable List<TagRemark> remarks,
            @Nullable String flapping,
            @Nullable Instant until,
            @Nullable String details)
            implements Event {}

    /**
     * The tags that a target is to use. Written by the evaluator. An ImagePolicy selects exactly one.
     *
     * @param name the image as the resource spells it
     * @param previous what was selected before; empty at first
     * @param sequence grows with every selection of the target; a writer never replaces a newer one by an older one
     */
    record TagSelected(
            Target target,
            ImageName image,
            String name,
            List<SelectedTag> tags,
            List<SelectedTag> previous,
            long sequence,
            Instant decidedAt)
            implements Event {}

    /** What a branch was last given, and how its pushes go. Written by the committer that owns the branch. */
    record BranchState(
            Branch branch,
            @Nullable String head,
            Map<String, Written> written,
            @Nullable Instant failingSince,
            @Nullable Instant nextTry,
            @Nullable String problem)
            implements Event {}

    /** The last value of a target that reached a branch. */
    record Written(String value, long sequence) {}

    /**
     * A ResourceSet was rendered and applied. Written by the renderer.
     *
     * @param resourceSet {@code namespace/name}
     * @param objects what changed, {@code Kind/namespace/name}
     */
    record Rendered(String cluster, String resourceSet, String revision, List<String> objects) implements EffectEvent {}

    /** An update was refused for good: only a change of its inputs helps. Written by the committer and the renderer. */
    record UpdateRefused(String what, String reason, String message) implements EffectEvent {}

    /** An update failed and will be tried again. Written by the committer and the renderer. */
    record UpdateFailed(
            String what,
            String reason,
            String message,
            @Nullable Instant nextTry) implements EffectEvent {}

    /** Whether a fact about a tag comes from a list or from resolving this one tag; the latter takes effect by itself. */
    enum Scope {
        SCAN,
        TAG,
        /** Of a newer build: kept until the feed's next scan completes, for it may be of a list that is half read. */
        UNKNOWN
    }

    /** Why a scan failed. */
    enum ScanFailure {
        AUTHENTICATION_FAILED,
        NOT_FOUND,
        RATE_LIMITED,
        UNREACHABLE,
        UNREADABLE_ANSWER,
        CONFIGURATION,
        /** Of a newer build: a failure like others, in its own words. */
        UNKNOWN
    }

    /** Why one tag is to be looked at. */
    enum CheckPurpose {
        DIGEST_ONCE,
        DIGEST_EVERY,
        CONFIRM_GONE,
        /** None: a page of the feed's base was lost on the way to the evaluator, the owner is to write another one. */
        NEW_BASE,
        /** Of a newer build: the tag is checked as for any other, and the request is not withdrawn. */
        UNKNOWN
    }

    /** What a person asks for. */
    enum ControlAction {
        HALT,
        LIFT,
        /** Of a newer build: what was asked for before stays in force. */
        UNKNOWN
    }

    /** What a decision came to. */
    enum DecisionOutcome {
        SELECTED,
        KEPT,
        WAITING,
        NOTHING_MATCHES,
        INVALID,
        /** Of a newer build: what stands in a status stays there. */
        UNKNOWN
    }

    /** What made a policy decide. */
    enum Trigger {
        TAG,
        SCAN,
        POLICY,
        TIMER,
        CONTROL,
        /** A tag, a scan or a stop that concerns so many policies that they are asked in turns. */
        BACKLOG,
        /** Of a newer build. */
        UNKNOWN
    }
}
