package dev.tidemark.broker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A small broker on the loopback interface.
 *
 * @param folder where the log lies
 * @param port for clients
 * @param controllerPort for the controller, which cannot choose a free one itself
 * @param flushAlways whether each record reaches the disk before it is acknowledged: against power loss, at the price
 *     of latency. Without it the broker survives any end of the process, since the operating system has the pages
 * @param security what clients must prove; empty for a broker that asks for nothing
 */
public record BrokerSettings(
        Path folder, int port, int controllerPort, boolean flushAlways, Optional<BrokerSecurity> security) {

    private static final int SMALL_SEGMENT_BYTES = 16 * 1024 * 1024;

    /** Topics say what they take; this is for those that do not. */
    private static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

    /** A record must fit into a segment of its topic, or it is refused. */
    private static final int SEGMENT_BYTES = MAX_MESSAGE_BYTES;

    /** A broker that asks for nothing. */
    public BrokerSettings(Path folder, int port, int controllerPort, boolean flushAlways) {
        this(folder, port, controllerPort, flushAlways, Optional.empty());
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The broker's configuration; each value that is not the minimum says why. */
    Properties properties() {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        security.ifPresent(demanded -> demanded.into(p, port, controllerPort));
        p.put("log.dirs", folder.toString());
        p.put("auto.create.topics.enable", "false");
        oneNode(p);
        quickRestart(p);
        unhurriedTransactions(p);
        smallFootprint(p);
        if (flushAlways) {
            p.put("log.flush.interval.messages", "1");
        }
        return p;
    }

    private static void oneNode(Properties p) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        // the only controller need not prove to others that it is there
        p.put("metadata.max.idle.interval.ms", "0");
        // the only members are in this JVM: a short session lets a restart take over quickly
        p.put("group.min.session.timeout.ms", "1000");
    }

    /** After an unclean end the old registration must expire first: 12 s with the defaults, under 5 s with these; shorter ones expire on a busy machine. */
    private static void quickRestart(Properties p) {
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "1000");
        // a transaction that a killed process left open holds readers up until somebody looks: every 10 s by default
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    }

    /**
     * A transaction's first record may come while the one before it is still being completed. The broker keeps the record
     * so long, by default for 100 ms, and then sends it back. The producer comes again, but with what it sent behind it on
     * the way: each of those is an error in the broker's log, and a round more. A first start, where nothing is compiled
     * yet, took longer.
     */
    private static void unhurriedTransactions(Properties p) {
        p.put("add.partitions.to.txn.retry.backoff.max.ms", "10000");
    }

    private static void smallFootprint(Properties p) {
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("log.cleaner.io.buffer.size", "65536");
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("background.threads", "1");
        p.put("num.recovery.threads.per.data.dir", "1");
        p.put("num.replica.fetchers", "1");
        p.put("group.coordinator.threads", "1");
        p.put("log.index.size.max.bytes", "1048576");
        p.put("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
        p.put("offsets.topic.segment.bytes", Integer.toString(SMALL_SEGMENT_BYTES));
        p.put("transaction.state.log.segment.bytes", Integer.toString(SMALL_SEGMENT_BYTES));
        p.put("offsets.load.buffer.size", "65536");
        p.put("transaction.state.log.load.buffer.size", "65536");
        p.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    }
}
