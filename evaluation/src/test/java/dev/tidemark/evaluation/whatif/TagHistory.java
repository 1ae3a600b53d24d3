package dev.tidemark.evaluation.whatif;

import static dev.tidemark.evaluation.replay.Past.FEED;

import dev.tidemark.evaluation.replay.Past;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import java.time.Duration;
import java.util.Random;

/** Whatever may happen to the tags of an image while nobody edits a policy. */
final class TagHistory {

    private final Past past;
    private final Random random;
    private int age = 10;

    TagHistory(Past past, Random random) {
        this.past = past;
        this.random = random;
    }

    void happen(int moves) {
        for (int move = 0; move < moves; move++) {
            past.pass(Duration.ofSeconds(10 + random.nextInt(3000)));
            age++; // releases come later and later, and older ones again
            String tag = random.nextInt(2) + "." + (age / 10 - random.nextInt(2)) + "." + random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0 ->
                    past.write(new Event.ControlRequested(
                            Event.ControlRequested.EVERYTHING,
                            random.nextBoolean() ? Event.ControlAction.HALT : Event.ControlAction.LIFT,
                            "ada",
                            "why not"));
                case 1 ->
                    past.write(new Event.TagRemoved(
                            FEED, tag, past.scan(null), random.nextBoolean() ? Scope.TAG : Scope.SCAN));
                case 2 -> past.write(new Event.ScanCompleted(FEED, past.scan(null), 0, 0, 0, "checksum"));
                default -> past.pushed(FEED, tag);
            }
        }
    }
}
