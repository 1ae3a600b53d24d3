package dev.tidemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule can fail. */
@Tag("gate")
class PackageRulesTest {

    @ParameterizedTest
    @CsvSource({
        "dev.tidemark.watcher.domain, dev.tidemark.events.Feed, true",
        "dev.tidemark.watcher.domain, dev.tidemark.events.kafka.EventSerializer, false",
        "dev.tidemark.watcher.domain, dev.tidemark.flux.folder.FolderSource, false",
        "dev.tidemark.watcher.domain, dev.tidemark.watcher.oci.OciRegistry, false",
        "dev.tidemark.renderer.domain.render, dev.tidemark.renderer.domain.KubeObject, true",
        "dev.tidemark.committer.reconcile, dev.tidemark.runtime.reconcile.Run, true",
        "dev.tidemark.committer.reconcile, dev.tidemark.runtime.log.LogClients, false",
        "dev.tidemark.committer.git, jakarta.inject.Singleton, false",
        "dev.tidemark.committer.app, jakarta.inject.Singleton, true",
        "dev.tidemark.committer.app, dev.tidemark.watcher.domain.FeedState, false",
        "dev.tidemark.runtime.partition, io.quarkus.runtime.StartupEvent, false",
        "dev.tidemark.runtime.quarkus, io.quarkus.runtime.StartupEvent, true",
        "dev.tidemark.cli.command, org.apache.kafka.clients.admin.Admin, false",
        "dev.tidemark.events, org.apache.kafka.clients.producer.Partitioner, false"
    })
    void saysWhoMayUseWhat(String using, String used, boolean allowed) {
        assertThat(PackageRules.of(using).orElseThrow().allows(using, used)).isEqualTo(allowed);
    }

    @Test
    void aPackageThatNobodyThoughtOfHasNoRule() {
        assertThat(PackageRules.of("dev.tidemark.watcher.magic")).isEmpty();
    }

    @Test
    void findsCircles() {
        Map<String, Set<String>> uses =
                Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of("a", "e"), "e", Set.of("f"));
        assertThat(Circles.of(uses)).isEqualTo(List.of(Set.of("a", "b", "c")));
        assertThat(Circles.of(Map.of("a", Set.of("b"), "b", Set.of("c")))).isEmpty();
    }
}
