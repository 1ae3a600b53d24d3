package dev.tidemark.committer.app;

import dev.tidemark.committer.domain.CommitSigning;
import dev.tidemark.committer.domain.Planner;
import dev.tidemark.committer.domain.References;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.committer.git.BareClone;
import dev.tidemark.committer.git.CloneFolder;
import dev.tidemark.committer.git.PackLimits;
import dev.tidemark.committer.git.SigningKeys;
import dev.tidemark.committer.git.Transports;
import dev.tidemark.committer.kafka.BranchStateLoader;
import dev.tidemark.committer.kafka.SelectionTable;
import dev.tidemark.committer.message.TemplateMessages;
import dev.tidemark.committer.reconcile.BranchController;
import dev.tidemark.committer.reconcile.BranchController.Ports;
import dev.tidemark.committer.reconcile.BranchShard;
import dev.tidemark.committer.reconcile.CommitBuilder;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.events.EventPublisher;
import dev.tidemark.events.Topic;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Registration;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.partition.Epoch;
import dev.tidemark.runtime.partition.PartitionRuntime;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.runtime.time.Backoff;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.runtime.trace.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** git-committer, put together. */
public final class GitCommitter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GitCommitter.class.getName());

    /** The name of its group; its partitions of {@code branch-state} are the branches that it writes. */
    private static final String GROUP = "git-committer-branch-state";

    /** Records of a partition are taken at once; so many are under way at most. */
    private static final int MAX_UNFINISHED = 1_000;

    /** A tenth more or less: what failed together does not come back together. */
    private static final double JITTER = 0.1;

    /** What it reads; Secrets one by one, when they are needed. */
    public static final Set<Kind<?>> KINDS =
            Set.of(Kinds.IMAGE_UPDATE_AUTOMATION, Kinds.GIT_REPOSITORY, Kinds.IMAGE_POLICY);

    private final CloneFolder clones;
    private final SelectionTable selections;
    private final ResourceSource source;
    private final ResourceCache resources;
    private final StatusPublisher statuses;
    private final BranchController controller;
    private @Nullable Registration feeding;

    GitCommitter(
            CommitterConfig config,
            TidemarkConfig tidemark,
            LogClients log,
            DeadLetters deadLetters,
            Scheduler scheduler,
            ResourceSource source,
            SecretReader secrets,
            StatusStore store,
            EventRecorder events,
            StatusListener told,
            Meters meters,
            Progress progress,
            Optional<Steps> steps,
            EventPublisher publisher) {
        Clock clock = scheduler.clock();
        this.clones = CloneFolder.take(tidemark.state().resolve("git"));
        this.selections = new SelectionTable(log, deadLetters);
        this.source = source;
        this.resources =
                new ResourceCache(KINDS, References.INDEXES, task -> scheduler.start("git-committer-resources", task));
        Backoff remotes = backoff(config.minRetryDelay(), config.maxRetryDelay());
        Backoff broker = backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        this.statuses = new StatusPublisher(store, events, told, broker, scheduler);
        Transports transports = new Transports(
                scheduler, new PackLimits(config.maxPack().asLongValue(), PackLimits.MAX_OBJECTS), progress);
        CountedClone.expect(meters);
        Ports ports = new Ports(
                new Planner(
                        tidemark.cluster(),
                        CrossNamespaceRefs.of(tidemark.crossNamespaceRefs()),
                        GitCommitter::unforeseen),
                resources,
                secrets,
                statuses,
                events,
                selections,
                selections::problem,
                publisher,
                branch -> observed(BareClone.below(clones.path(), transports), meters, steps, clock),
                new CommitBuilder(
                        new YamlSetters(),
                        new TemplateMessages(clock),
                        new CommitSigning(secrets, new SigningKeys(clock)),
                        clock.withZone(config.commitTimeZone())),
                log.settings().partitions());
        var settings = new PartitionRuntime.Settings(
                "git-committer", Topic.BRANCH_STATE, log.settings().partitions(), MAX_UNFINISHED, broker);
        BranchStateLoader loader = new BranchStateLoader(log, selections, config.catchUpLimit());
        Function<Function<Epoch, BranchShard>, PartitionRuntime<BranchShard>> runtime =
                shards -> PartitionRuntime.of(settings, log, GROUP, loader, shards, deadLetters::add, scheduler);
        this.controller = new BranchController(ports, remotes, broker, scheduler, runtime);
        selections.onChange(controller::selected);
    }

    /** Timed only where somebody wants traces. */
    private static WorkingClone observed(WorkingClone clone, Meters meters, Optional<Steps> steps, Clock clock) {
        WorkingClone counted = new CountedClone(clone, meters);
        return steps.<WorkingClone>map(wanted -> new TimedClone(counted, wanted, clock))
                .orElse(counted);
    }

    private static Backoff backoff(Duration min, Duration max) {
        return new Backoff(min, max, JITTER, () -> ThreadLocalRandom.current().nextLong());
    }

    private static void unforeseen(ResourceId automation, Throwable fault) {
        LOG.log(Level.WARNING, LogKeys.line("planning-failed", LogKeys.RESOURCE, automation), fault);
    }

    void start() {
        selections.start();
        feeding = source.feed(resources);
        controller.start();
    }

    /** Why it is not ready; empty when it is. */
    Optional<String> problem() {
        return controller.problem();
    }

    @Override
    public void close() {
        if (feeding != null) {
            feeding.close();
        }
        controller.close();
        statuses.close();
        selections.close();
        try {
            clones.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the clones in " + clones.path() + " were not removed", e);
        }
    }
}
