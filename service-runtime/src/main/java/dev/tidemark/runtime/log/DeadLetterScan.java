package dev.tidemark.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What lies among the dead letters now, whoever put it there and however often services were started since: read from their
 * topics, within bounds.
 */
public final class DeadLetterScan {

    /** A person looks at the first ones; of more, it is said that there are more. */
    static final int MAX_RECORDS = 5_000;

    /** As many as a person reads. */
    static final int MAX_SHOWN = 20;

    private final LogClients clients;
    private final String clientId;

    public DeadLetterScan(LogClients clients, String clientId) {
        this.clients = clients;
        this.clientId = clientId;
    }

    /**
     * A record that nobody could use.
     *
     * @param at when it was put aside first
     * @param key empty where it has none
     * @param partition where it lies in its own topic, with {@code offset}; -1 where that is not known
     */
    public record Letter(Instant at, String key, String reason, int partition, long offset) {}

    /**
     * Those of one topic, of which there is at least one.
     *
     * @param count of different records: a reader that remembers no position puts the same aside at each start
     * @param more whether there are more than were read
     * @param since when the first was put aside
     * @param newest the last ones, oldest first
     * @param end the offset behind what was read
     */
    public record Pile(Topic topic, int count, boolean more, Instant since, List<Letter> newest, long end) {}

    /** The broker does not let us. */
    public static final class DeniedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private DeniedException(AuthorizationException denied) {
            super(denied.getMessage(), denied);
        }
    }

    /**
     * All piles, in the order of the topics.
     *
     * @throws KafkaException if the broker does not answer in time
     * @throws DeniedException if we may not read them
     */
    public List<Pile> read() {
        List<Pile> piles = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.reader(clientId)) {
            Map<TopicPartition, Topic> kept = kept(consumer);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(kept.keySet());
            consumer.endOffsets(kept.keySet()).forEach((partition, end) -> {
                Topic topic = kept.get(partition);
                if (topic != null && begins.getOrDefault(partition, 0L) < end) {
                    pile(consumer, partition, topic, end).ifPresent(piles::add);
                }
            });
        } catch (AuthorizationException denied) {
            throw new DeniedException(denied);
        }
        piles.sort((one, other) -> one.topic().compareTo(other.topic()));
        return piles;
    }

    /**
     * Forgets what was read, and nothing that came later.
     *
     * @throws KafkaException if the broker does not answer in time
     * @throws DeniedException if we may not delete
     */
    public void clear(List<Pile> piles) {
        Map<TopicPartition, RecordsToDelete> read = new LinkedHashMap<>();
        piles.forEach(pile -> read.put(partition(pile.topic()), RecordsToDelete.beforeOffset(pile.end())));
        try (var admin = clients.admin(clientId + "-clear", LogClients.REQUEST_TIMEOUT)) {
            admin.deleteRecords(read).all().get(LogClients.REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no broker said that the dead letters are deleted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException denied) {
                throw new DeniedException(denied);
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    /** A topic of dead letters has one partition; one of a service that has never run here is not there. */
    private Map<TopicPartition, Topic> kept(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, Topic> kept = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            if (!consumer.partitionsFor(clients.settings().deadLetters(topic)).isEmpty()) {
                kept.put(partition(topic), topic);
            }
        }
        return kept;
    }

    private TopicPartition partition(Topic topic) {
        return new TopicPartition(clients.settings().deadLetters(topic), 0);
    }

    private static Optional<Pile> pile(
            Consumer<String, byte[]> consumer, TopicPartition partition, Topic topic, long end) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long from = consumer.position(partition);
        long to = Math.min(end, from + MAX_RECORDS);
        Map<Object, Letter> different = new LinkedHashMap<>();
        new ReadingToEnds(consumer, TopicScan.LONGEST_SILENCE)
                .read(Map.of(partition, to), record -> different.putIfAbsent(origin(record), letter(record)));
        if (different.isEmpty()) {
            return Optional.empty();
        }
        List<Letter> letters = List.copyOf(different.values());
        return Optional.of(new Pile(
                topic,
                letters.size(),
                to < end,
                letters.getFirst().at(),
                letters.subList(Math.max(0, letters.size() - MAX_SHOWN), letters.size()),
                to));
    }

    /** The same for two letters of one record. */
    private static Object origin(ConsumerRecord<String, byte[]> record) {
        Letter letter = letter(record);
        return letter.offset() < 0 ? record.offset() : List.of(letter.partition(), letter.offset());
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        return new Letter(
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? "" : record.key(),
                header(record, "dead-letter-reason"),
                (int) number(record, "dead-letter-partition"),
                number(record, "dead-letter-offset"));
    }

    private static long number(ConsumerRecord<String, byte[]> record, String name) {
        try {
            return Long.parseLong(header(record, name));
        } catch (NumberFormatException absent) {
            return -1;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        @Nullable Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
