package dev.tidemark.committer.app;

import dev.tidemark.committer.domain.AutomationStatuses;
import dev.tidemark.committer.domain.Backoff;
import dev.tidemark.committer.domain.BranchLanes;
import dev.tidemark.committer.domain.BranchReconciler;
import dev.tidemark.committer.domain.BranchStates;
import dev.tidemark.committer.domain.BranchWriter;
import dev.tidemark.committer.domain.CommitMessages;
import dev.tidemark.committer.domain.Journal;
import dev.tidemark.committer.domain.Lane;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.Plans;
import dev.tidemark.committer.domain.Setters;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.committer.git.BareClone;
import dev.tidemark.committer.git.CloneFolder;
import dev.tidemark.committer.kafka.BranchChannels;
import dev.tidemark.committer.kafka.BranchOwnership;
import dev.tidemark.committer.kafka.KafkaJournal;
import dev.tidemark.committer.kafka.LaneKeeper;
import dev.tidemark.committer.kafka.SelectionTable;
import dev.tidemark.committer.message.TemplateMessages;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ResourceSource;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Puts git-committer together and gives it its life. */
@Singleton
public class Wiring {

    @Produces
    @Singleton
    SelectionTable selections(LogClients log, DeadLetters deadLetters) {
        return new SelectionTable(log, deadLetters);
    }

    @Produces
    @Singleton
    CloneFolder clones(TidemarkConfig tidemark) {
        return CloneFolder.take(tidemark.state().resolve("git"));
    }

    void close(@Disposes CloneFolder clones) throws IOException {
        clones.close();
    }

    @Produces
    @Singleton
    LaneKeeper lanes(
            CommitterConfig config,
            TidemarkConfig tidemark,
            CloneFolder folder,
            LogClients log,
            Clock clock,
            ResourceSource resources,
            StatusStore store,
            SelectionTable selections,
            BranchChannels channels,
            @Identifier("git-committer-branch-state-in") BranchOwnership ownership) {
        Plans plans = new Plans(new Planner(tidemark.cluster(), config.crossNamespaceRefs()), resources, selections);
        Journal journal = new KafkaJournal(channels, log);
        AutomationStatuses statuses = new AutomationStatuses(store, clock);
        BranchStates states = new BranchStates();
        Backoff backoff = new Backoff(config.minRetryDelay(), config.maxRetryDelay());
        Setters setters = new YamlSetters();
        CommitMessages messages = new TemplateMessages(clock);
        Clock commitClock = clock.withZone(config.commitTimeZone());
        Path clones = folder.path();
        BranchLanes.Opener opener = branch -> {
            WorkingClone clone = BareClone.below(clones);
            BranchWriter writer = new BranchWriter(
                    clone, selections, ownership, setters, messages, commitClock, config.catchUpLimit());
            BranchReconciler reconciler =
                    new BranchReconciler(branch, writer, plans, journal, statuses, backoff, clock, states);
            return new Lane(branch.text(), reconciler::reconcile, backoff, clock, clone::close);
        };
        BranchLanes lanes =
                new BranchLanes(plans, journal, statuses, clock, log.settings().partitions(), states, opener);
        return new LaneKeeper(lanes, selections);
    }

    void start(
            @Observes StartupEvent event,
            LaneKeeper lanes,
            ResourceSource resources,
            BranchChannels channels,
            @Identifier("git-committer-branch-state-in") BranchOwnership ownership) {
        lanes.start(resources, channels, ownership);
    }

    void stop(@Observes ShutdownEvent event, LaneKeeper lanes, SelectionTable selections) {
        lanes.close();
        selections.close();
    }
}
