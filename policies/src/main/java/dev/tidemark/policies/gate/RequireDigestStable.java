package dev.tidemark.policies.gate;

import dev.tidemark.events.Event.CheckPurpose;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import dev.tidemark.policies.schedule.WrittenDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code tidemark.dev/require-digest-stable}: how long the digest of a tag must not have moved. A build that overwrites
 * its tag several times is not rolled out half-way.
 *
 * <p>A move is a digest that was seen in place of another one, and counts from when it was seen. The first digest of a tag
 * is no move. Who is not asked tells of no move: so the registry is asked right before anything is published, and what it
 * told before the end of the time does not do.
 */
public record RequireDigestStable(Duration time) implements Gate {

    public static final String ANNOTATION = "tidemark.dev/require-digest-stable";

    private static final HeldBack.Reason MOVED = new HeldBack.Reason("DigestMoved", "DIGEST_MOVED");
    private static final HeldBack.Reason UNKNOWN = new HeldBack.Reason("AwaitingDigest", "AWAITING_DIGEST");

    static final Kind KIND =
            new Kind(ANNOTATION, RequireDigestStable::parse, false, Optional.empty(), List.of(MOVED, UNKNOWN));

    private static Parsed<Gate> parse(String text) {
        return WrittenDuration.parse(text.strip())
                .flatMap(time -> time.isPositive()
                        ? Parsed.of(new RequireDigestStable(time))
                        : Parsed.malformed("write a duration above zero such as 10m"));
    }

    @Override
    public Admission candidate(Proposal proposal) {
        String tag = proposal.candidate().tag();
        return proposal.isPublished()
                ? Admission.ADMITTED
                : proposal.facts()
                        .digest()
                        .flatMap(digest -> moved(tag, tag, digest, proposal.now()))
                        .<Admission>map(why -> why)
                        .orElse(Admission.ADMITTED);
    }

    @Override
    public Admission publication(Publication publication) {
        String tag = publication.tag().orElse("");
        if (tag.isEmpty()) {
            return Admission.ADMITTED;
        }
        Optional<DigestFacts> digest = publication.facts().digest();
        if (digest.isEmpty()) {
            return unknown(tag, publication.what() + " waits: the digest of " + tag + " is asked for");
        }
        Optional<HeldBack> moved = moved(publication.what(), tag, digest.get(), publication.now());
        if (moved.isPresent()) {
            return moved.get();
        }
        return isCurrent(digest.get(), publication.now())
                ? Admission.ADMITTED
                : unknown(
                        tag,
                        publication.what() + " waits: the registry is asked whether " + tag
                                + " still has the digest that it had");
    }

    private Optional<HeldBack> moved(String what, String tag, DigestFacts digest, Instant now) {
        String whose = what.equals(tag) ? "its digest" : "the digest of " + tag;
        return digest.moved().flatMap(at -> HeldBack.endOf(time, at, now)
                .map(end -> HeldBack.until(
                        end, MOVED, what + " waits: " + whose + " moved at " + at + " and has to stay until " + end)));
    }

    /** Seen a moment ago, and after the end of the time; an answer is that, whatever the registry's side has for a clock. */
    private boolean isCurrent(DigestFacts digest, Instant now) {
        boolean after = digest.moved()
                .filter(at -> digest.seen().isBefore(at.plus(time)))
                .isEmpty();
        return digest.answered() || (after && DigestFacts.isFresh(digest.seen(), now));
    }

    private static HeldBack unknown(String tag, String sentence) {
        return HeldBack.asking(new Check(tag, CheckPurpose.DIGEST_ONCE), UNKNOWN, sentence);
    }
}
