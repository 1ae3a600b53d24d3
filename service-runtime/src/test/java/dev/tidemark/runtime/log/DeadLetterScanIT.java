package dev.tidemark.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.events.Topic;
import dev.tidemark.events.UndecodableException;
import dev.tidemark.runtime.log.DeadLetterScan.Letter;
import dev.tidemark.runtime.log.DeadLetterScan.Pile;
import dev.tidemark.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lies among the dead letters, on a real broker. */
class DeadLetterScanIT {

    private static TestBroker broker;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** The topics of an installation of its own, of some services only. */
    private static LogClients clients(String prefix, LogUser... users) {
        LogClients clients = LogClients.at(
                broker.bootstrapServers(), new LogSettings(new TopicNames(prefix), 2, (short) 1, Duration.ofDays(30)));
        new TopicProvisioner(clients, "provisioner").provision(List.of(users));
        return clients;
    }

    private static void put(LogClients clients, Topic topic, long offset, String reason) {
        try (DeadLetters letters = new DeadLetters(clients, "letters")) {
            letters.add(
                    new ConsumerRecord<>(
                            clients.settings().name(topic), 1, offset, "k" + offset, "junk".getBytes(UTF_8)),
                    new UndecodableException(reason));
        }
    }

    @Test
    void eachTopicSaysHowManyDifferentRecordsAndSinceWhen() {
        LogClients clients = clients("some.", LogUser.POLICY_EVALUATOR, LogUser.GIT_COMMITTER);
        DeadLetterScan scan = new DeadLetterScan(clients, "scan");
        assertThat(scan.read()).isEmpty();

        put(clients, Topic.TAG_SELECTED, 7, "no event");
        put(clients, Topic.TAG_SELECTED, 9, "no key");
        // as a table does that starts again
        put(clients, Topic.TAG_SELECTED, 7, "no event");
        put(clients, Topic.POLICY_DECLARED, 1, "no target");

        List<Pile> piles = scan.read();
        assertThat(piles).extracting(Pile::topic).containsExactly(Topic.POLICY_DECLARED, Topic.TAG_SELECTED);
        Pile selected = piles.getLast();
        assertThat(selected.count()).isEqualTo(2);
        assertThat(selected.more()).isFalse();
        assertThat(selected.newest())
                .extracting(Letter::key, Letter::reason, Letter::partition, Letter::offset)
                .containsExactly(tuple("k7", "no event", 1, 7L), tuple("k9", "no key", 1, 9L));
        assertThat(selected.since()).isEqualTo(selected.newest().getFirst().at());
    }

    @Test
    void clearingForgetsWhatWasReadAndNothingElse() {
        LogClients clients = clients("cleared.", LogUser.GIT_COMMITTER);
        DeadLetterScan scan = new DeadLetterScan(clients, "scan");
        put(clients, Topic.TAG_SELECTED, 1, "seen");
        List<Pile> seen = scan.read();
        put(clients, Topic.TAG_SELECTED, 2, "came later");

        scan.clear(seen);

        assertThat(scan.read()).singleElement().satisfies(pile -> assertThat(pile.newest())
                .extracting(Letter::reason)
                .containsExactly("came later"));
    }

    @Test
    void ofMoreThanAnybodyReadsItIsSaidThatThereAreMore() {
        LogClients clients = clients("many.", LogUser.GIT_COMMITTER);
        try (DeadLetters letters = new DeadLetters(clients, "letters")) {
            for (int i = 0; i <= DeadLetterScan.MAX_RECORDS; i++) {
                letters.add(
                        new ConsumerRecord<>(
                                clients.settings().name(Topic.TAG_SELECTED), 0, i, "key", "junk".getBytes(UTF_8)),
                        new UndecodableException("no event"));
            }
        }
        assertThat(new DeadLetterScan(clients, "scan").read()).singleElement().satisfies(pile -> {
            assertThat(pile.count()).isEqualTo(DeadLetterScan.MAX_RECORDS);
            assertThat(pile.more()).isTrue();
            assertThat(pile.newest()).hasSize(DeadLetterScan.MAX_SHOWN);
        });
    }
}
