package dev.tidemark.evaluation.replay;

import static dev.tidemark.evaluation.replay.Past.FEED;

import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedEvent;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Scan;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Whatever may happen to three policies of an image, and to one of another. */
public final class RandomHistory {

    private static final Feed OTHER = Feed.parse("ghcr.io/my-org/other#");

    private final Past past;
    private final Random random;
    private final boolean digests;
    private @Nullable Long owner;
    private @Nullable Long previousOwner;
    private int claims;

    /** What the owner knows of each tag; false for one that it has seen go. */
    private final Map<String, Boolean> known = new HashMap<>();

    public RandomHistory(Past past, Random random) {
        this(past, random, false);
    }

    /** @param digests whether registries tell digests, which move, and answer what they are asked */
    public RandomHistory(Past past, Random random, boolean digests) {
        this.past = past;
        this.random = random;
        this.digests = digests;
    }

    /** So much happens. */
    public void happen(int moves) {
        for (int move = 0; move < moves; move++) {
            past.pass(Duration.ofSeconds(10 + random.nextInt(3000)));
            answer();
            step();
        }
    }

    /** A registry that is asked answers as long as it has the tag, sooner or later. */
    private void answer() {
        List.copyOf(past.questions()).stream()
                .filter(question -> question.event().feed().equals(FEED))
                .filter(question -> known.getOrDefault(question.event().tag(), false))
                .forEach(question -> {
                    past.answer(question, digest(), owner);
                    past.pass(Duration.ofMillis(random.nextInt(1000)));
                });
    }

    /** One of three, so that it moves often and comes back. */
    private String digest() {
        return "sha256:" + "abc".charAt(random.nextInt(3));
    }

    private void step() {
        String tag = random.nextInt(2) + "." + random.nextInt(3) + "." + random.nextInt(3);
        boolean late = random.nextInt(5) == 0;
        Scan scan = past.scan(late ? previousOwner : owner);
        switch (random.nextInt(9)) {
            case 0 -> past.write(policy());
            case 1 ->
                past.write(new Event.ControlRequested(
                        Event.ControlRequested.EVERYTHING,
                        random.nextBoolean() ? Event.ControlAction.HALT : Event.ControlAction.LIFT,
                        "ada",
                        "why not"));
            case 2 -> write(late, new Event.TagRemoved(FEED, tag, scan, random.nextBoolean() ? Scope.TAG : Scope.SCAN));
            case 3 -> write(late, new Event.ScanCompleted(FEED, scan, 0, 0, 0, "checksum"));
            case 4 -> claim();
            case 5 -> past.pushed(OTHER, tag);
            case 6 -> other();
            default -> {
                String digest = digests && random.nextBoolean() ? digest() : null;
                write(late, new Event.TagDiscovered(FEED, tag, digest, scan, Scope.TAG, past.now()));
            }
        }
    }

    /** What an earlier owner has written late is of no effect, and the owner writes behind it how things are. */
    private void write(boolean late, FeedEvent event) {
        past.write(event);
        Scan scan = past.scan(owner);
        switch (event) {
            case Event.TagDiscovered tag when late -> restate(tag.tag());
            case Event.TagRemoved tag when late -> restate(tag.tag());
            case Event.ScanCompleted ended
            when late -> past.write(new Event.ScanCompleted(FEED, scan, 0, 0, 0, "checksum"));
            case Event.TagDiscovered tag -> known.put(tag.tag(), true);
            case Event.TagRemoved tag -> known.put(tag.tag(), false);
            default -> {}
        }
    }

    private void restate(String tag) {
        Scan scan = past.scan(owner);
        past.write(
                known.getOrDefault(tag, false)
                        ? new Event.TagDiscovered(FEED, tag, null, scan, Scope.TAG, past.now())
                        : new Event.TagRemoved(FEED, tag, scan, Scope.TAG));
    }

    private void claim() {
        int partition = Partitioning.partition(FEED.image(), 12);
        past.write(new Event.PartitionClaimed(partition, "replica", "claim-" + ++claims));
        previousOwner = owner;
        owner = past.offset(Topic.TAG_DISCOVERED, FEED.image());
    }

    private void other() {
        switch (random.nextInt(4)) {
            case 0 ->
                past.withdraw(
                        FEED.image(),
                        new Target("local", "ImagePolicy", "apps", "app-" + random.nextInt(3)),
                        new Withdrawal.Deleted());
            case 1 -> past.listed(OTHER, "1." + random.nextInt(3) + ".0");
            default -> past.write(past.policy(OTHER, "other", random.nextBoolean() ? "1.x" : "0.x", Map.of()));
        }
    }

    private Event policy() {
        int number = random.nextInt(3);
        return past.policy(
                FEED,
                "app-" + number,
                random.nextBoolean() ? ">=0.0.0" : "0.x",
                number == 0
                        ? Map.of()
                        : Map.of(digests ? "tidemark.dev/require-digest-stable" : "tidemark.dev/minimum-age", "40m"),
                List.of("one", "two", "").get(random.nextInt(3)));
    }
}
