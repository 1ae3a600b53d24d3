package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Topic;
import dev.tidemark.policies.gate.Check;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checks of single tags that the policies request together: one record per tag in {@code tag-check-wanted}, the
 * strongest of what they request, and a tombstone when nobody requests any. Worked out once per event, for the tags that it
 * touched.
 */
final class CheckRequests {

    private record Touched(Feed feed, String tag) {}

    private final Table<Envelope<?>> wanted;
    private final PolicyIndex index;
    private final TagStore store;
    private final DecisionPublisher publisher;
    private final InstantSource clock;
    private final Set<Touched> touched = new LinkedHashSet<>();
    private final Set<Touched> anew = new HashSet<>();
    private final Set<Feed> lost = new LinkedHashSet<>();

    CheckRequests(
            Table<Envelope<?>> wanted,
            PolicyIndex index,
            TagStore store,
            DecisionPublisher publisher,
            InstantSource clock) {
        this.wanted = wanted;
        this.index = index;
        this.store = store;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The tag may be one whose check nobody requests any more. */
    void markDirty(Feed feed, String tag) {
        if (inForce(feed, tag) || isMissing(feed, tag)) {
            touched.add(new Touched(feed, tag));
        }
    }

    /** Nobody asks for this policy any more. */
    void markDirty(PolicyRun run) {
        run.watchedTags().forEach(tag -> markDirty(run.declared().feed(), tag));
    }

    /**
     * Of most policies nothing comes: working out what all want together costs as much as there are policies. A list of
     * thousands that has one tag more touches that one.
     *
     * @param before what the policy was concerned with
     */
    void markDirty(PolicyRun run, Set<String> before) {
        Feed feed = run.declared().feed();
        Set<String> now = run.watchedTags();
        Set<String> tags = new LinkedHashSet<>(run.state().awaits());
        tags.addAll(now);
        tags.forEach(tag -> {
            Optional<TagCheckWanted> request = run.checkRequest(tag);
            if (request.isPresent() && !isInForce(feed, tag, request.get())) {
                touched.add(new Touched(feed, tag));
            } else if (request.isEmpty()) {
                markDirty(feed, tag);
            }
        });
        before.stream().filter(tag -> !now.contains(tag)).forEach(tag -> markDirty(feed, tag));
    }

    private boolean isInForce(Feed feed, String tag, TagCheckWanted request) {
        Envelope<?> before = wanted.get(Keys.tag(feed, tag));
        return before != null && before.event().equals(request);
    }

    /** A check that is requested still is requested once more: the answer was not enough, or somebody asked. */
    void markDirtyAnew(Feed feed, String tag) {
        Touched one = new Touched(feed, tag);
        touched.add(one);
        anew.add(one);
    }

    /** A policy that did not ask before asks now: an answer that somebody else got may be old. */
    void asks(PolicyRun run, @Nullable Check before) {
        Check now = run.state().check();
        Feed feed = run.declared().feed();
        if (now != null
                && now.purpose() == CheckPurpose.DIGEST_ONCE
                && !now.equals(before)
                && store.find(feed, now.tag()).filter(KnownTag::answered).isPresent()) {
            markDirtyAnew(feed, now.tag());
        }
    }

    /** Whether a check of the tag is requested. */
    boolean inForce(Feed feed, String tag) {
        return wanted.get(Keys.tag(feed, tag)) != null;
    }

    /** A page of the feed's base was lost on the way here: its owner is to write another base. */
    void newBase(Feed feed) {
        if (!inForce(feed, TagCheckWanted.BASE)) {
            lost.add(feed);
        }
    }

    /** A base is in force. */
    void baseCame(Feed feed) {
        if (wanted.delete(Keys.tag(feed, TagCheckWanted.BASE)) != null) {
            publisher.tombstone(Topic.TAG_CHECK_WANTED, Keys.tag(feed, TagCheckWanted.BASE));
        }
    }

    /** Writes what changed in what is wanted. */
    void flush(Envelope<?> cause) {
        for (Feed feed : lost) {
            publish(new TagCheckWanted(feed, TagCheckWanted.BASE, CheckPurpose.NEW_BASE, null), cause);
        }
        for (Touched one : touched) {
            publish(one, cause);
            forgetUnlessSelected(one);
        }
        drop();
    }

    /** Nobody is there to want anything. */
    void drop() {
        lost.clear();
        touched.clear();
        anew.clear();
    }

    private void publish(Touched one, Envelope<?> cause) {
        String key = Keys.tag(one.feed(), one.tag());
        List<PolicyRun> runs = index.on(one.feed());
        Optional<TagCheckWanted> now = strongest(one.tag(), runs.stream().filter(run -> run.asks(one.tag())))
                .or(() -> strongest(one.tag(), runs.stream()));
        Envelope<?> before = wanted.get(key);
        if (now.isEmpty()) {
            if (before != null && !isOfANewerEvaluator(before)) {
                wanted.delete(key);
                publisher.tombstone(Topic.TAG_CHECK_WANTED, key);
            }
        } else if (before == null || !before.event().equals(now.get()) || anew.contains(one)) {
            store.find(one.feed(), one.tag())
                    .filter(KnownTag::answered)
                    .ifPresent(known -> store.put(one.feed(), one.tag(), known.answering(false)));
            publish(now.get(), cause);
        }
    }

    private void publish(TagCheckWanted check, Envelope<?> cause) {
        Envelope<TagCheckWanted> envelope = cause.causes(check, PolicyEvaluation.SOURCE, clock.instant());
        wanted.put(envelope.key(), envelope);
        publisher.publish(envelope);
    }

    /** Of a digest that is followed a watcher tells only when it moves: who waits for an answer comes first. */
    private static Optional<TagCheckWanted> strongest(String tag, Stream<PolicyRun> runs) {
        return runs.flatMap(run -> run.checkRequest(tag).stream()).min(STRONGEST);
    }

    /** Whoever knows what it is for withdraws it. */
    private static boolean isOfANewerEvaluator(Envelope<?> request) {
        return request.event() instanceof TagCheckWanted wanted && wanted.purpose() == CheckPurpose.UNKNOWN;
    }

    /** A tag that is missing is kept only for those who select it. */
    private void forgetUnlessSelected(Touched one) {
        if (isMissing(one.feed(), one.tag())
                && index.on(one.feed()).stream()
                        .noneMatch(run -> run.state().keeps().contains(one.tag()))) {
            store.find(one.feed(), one.tag()).ifPresent(known -> store.remove(one.feed(), one.tag(), known.offset()));
        }
    }

    private boolean isMissing(Feed feed, String tag) {
        return store.find(feed, tag).filter(known -> !known.listed()).isPresent();
    }

    /** To confirm that a tag is gone tells everything; to watch it tells what one check does; the shortest interval. */
    private static final Comparator<TagCheckWanted> STRONGEST = Comparator.<TagCheckWanted, Integer>comparing(
                    want -> switch (want.purpose()) {
                        case CONFIRM_GONE -> 0;
                        case DIGEST_EVERY -> 1;
                        case DIGEST_ONCE -> 2;
                        case NEW_BASE, UNKNOWN -> 3;
                    })
            .thenComparing(want -> want.every() == null ? Duration.ZERO : want.every());
}
