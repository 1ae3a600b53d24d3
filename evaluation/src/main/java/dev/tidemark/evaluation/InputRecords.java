package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.TagPage;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Partitioning;
import dev.tidemark.events.TagsListed;
import dev.tidemark.events.Topic;
import org.jspecify.annotations.Nullable;

/** Which records of an input have no effect, whatever they say: the same for whoever evaluates and for whoever replays. */
public final class InputRecords {

    private InputRecords() {}

    /**
     * Why a record is refused for where it lies.
     *
     * @param at its partition
     * @param partitions of its topic
     * @return null for one that lies where it belongs
     */
    public static @Nullable String refusal(Topic topic, @Nullable String key, int at, int partitions) {
        if (key == null) {
            return "the record has no key";
        }
        // what a person asks for is copied into every partition
        int expected = topic == Topic.CONTROL_REQUESTED ? at : Partitioning.partition(topic, key, partitions);
        return at == expected
                ? null
                : "the record is in partition " + at + ", but its key belongs in " + expected
                        + ": write with Tidemark's partitioner";
    }

    /** Why an event is refused that is sound but no input, or not under this key: null where it is one. */
    public static @Nullable String refusal(Topic topic, String key, Envelope<?> envelope) {
        if (envelope.event() instanceof TagsListed page && !TagPage.fits(page)) {
            return "the page has more than " + TagsListed.MAX_TAGS + " tags, or one that no registry can have";
        }
        return Keys.isUnder(topic, key, envelope.event())
                ? null
                : envelope.type().wireName() + " does not belong under this key here";
    }
}
