package dev.tidemark.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.events.Partitioning;
import dev.tidemark.events.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

class EventPartitionerTest {

    private static final Cluster CLUSTER = cluster("tag-discovered", 12);

    @Test
    void followsThePartitioningOfTheContract() {
        String key = "ghcr.io/my-org/my-app#flux-system/registry-credentials|1.4.2";
        assertThat(partition("tag-discovered", key))
                .isEqualTo(Partitioning.partition(Topic.TAG_DISCOVERED, key, 12))
                .isEqualTo(9);
    }

    @Test
    void refusesForeignTopicsAndRecordsWithoutKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> partition("orders", "a"))
                .withMessageContaining("'orders' is not a topic of the log");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventPartitioner().partition("tag-discovered", null, null, null, null, CLUSTER))
                .withMessageContaining("needs a key");
    }

    private static int partition(String topic, String key) {
        return new EventPartitioner().partition(topic, key, key.getBytes(UTF_8), null, null, CLUSTER);
    }

    private static Cluster cluster(String topic, int partitions) {
        Node node = new Node(1, "127.0.0.1", 9092);
        Node[] nodes = {node};
        List<PartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(number -> new PartitionInfo(topic, number, node, nodes, nodes))
                .toList();
        return new Cluster("c", List.of(node), infos, Set.of(), Set.of());
    }
}
