package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.TagCheckWanted;
import dev.tidemark.events.Feed;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider exports is one value: a list in which every tag has its digest (flux-gitless 1.3, 1.4). Until the
 * registry has reported the last one, what was exported before stands.
 *
 * <p>Remembers up to where a list has its digests: a list of thousands gets them one by one, and each of them asks.
 */
final class Export {

    private final Feed feed;
    private final TagStore store;
    private List<String> tags = List.of();
    private int known;

    /** How far a list is. */
    sealed interface Outcome {
        record Complete(List<SelectedTag> tags) implements Outcome {}

        /** @param without the first tag whose digest is not known; it is asked for, as are those behind it */
        record Incomplete(String without) implements Outcome {}
    }

    Export(PolicyDeclared declared, TagStore store) {
        this.feed = declared.feed();
        this.store = store;
    }

    void forget() {
        tags = List.of();
        known = 0;
    }

    /** @param missing tags of the list that the registry does not list: they keep the digest that they had */
    Outcome of(List<String> list, Map<String, SelectedTag> missing, PolicyState state, Instant now) {
        if (!list.equals(tags)) {
            tags = List.copyOf(list);
            known = 0;
        }
        Map<String, SelectedTag> before = state.byTag();
        while (known < tags.size() && (missing.containsKey(tags.get(known)) || isKnown(tags.get(known), before, now))) {
            known++;
        }
        return known < tags.size()
                ? new Outcome.Incomplete(tags.get(known))
                : new Outcome.Complete(tags.stream()
                        .map(tag -> missing.containsKey(tag) ? missing.get(tag) : new SelectedTag(tag, digest(tag)))
                        .toList());
    }

    /**
     * Of what is exported the digest is followed. Of another tag it counts if the registry reported it since somebody has been
     * asking: an older one may be of content that was overwritten since.
     */
    private boolean isKnown(String tag, Map<String, SelectedTag> before, Instant now) {
        KnownTag found = store.find(feed, tag).orElse(null);
        Instant seen = found == null || found.digest() == null ? null : found.digestSeen();
        if (found == null || seen == null) {
            return false;
        }
        SelectedTag exported = before.get(tag);
        return (exported != null && exported.digest() != null)
                || DigestFacts.isFresh(seen, now)
                || store.wanted(feed, tag)
                        .filter(request -> answers(found, seen, request))
                        .isPresent();
    }

    private static boolean answers(KnownTag found, Instant seen, Envelope<TagCheckWanted> request) {
        return found.answered()
                || request.event().purpose() == CheckPurpose.DIGEST_EVERY
                || DigestFacts.isFresh(seen, request.time());
    }

    private String digest(String tag) {
        return store.find(feed, tag)
                .flatMap(found -> Optional.ofNullable(found.digest()))
                .orElseThrow(() -> new IllegalStateException("a tag that is not known: " + tag));
    }
}
