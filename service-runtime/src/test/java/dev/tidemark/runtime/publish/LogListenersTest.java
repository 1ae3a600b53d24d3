package dev.tidemark.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogListenersTest {

    private final List<Topic> told = new ArrayList<>();

    private final LogListener broken = new LogListener() {
        @Override
        public void read(Envelope<?> event) {}

        @Override
        public void appended(Envelope<?> event) {}

        @Override
        public void deadLetter(Topic from) {
            throw new IllegalStateException("a fault");
        }
    };

    private final LogListener hearing = new LogListener() {
        @Override
        public void read(Envelope<?> event) {}

        @Override
        public void appended(Envelope<?> event) {}

        @Override
        public void deadLetter(Topic from) {
            told.add(from);
        }
    };

    /** An append that the broker has would count as failed, and a record that was read as a dead letter. */
    @Test
    void aFaultOfOneIsNobodyElsesBusiness() {
        new LogListeners(List.of(broken, hearing)).deadLetter(Topic.TAG_SELECTED);

        assertThat(told).containsExactly(Topic.TAG_SELECTED);
    }
}
