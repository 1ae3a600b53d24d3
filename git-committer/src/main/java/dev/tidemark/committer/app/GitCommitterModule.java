package dev.tidemark.committer.app;

import dev.tidemark.events.Envelope;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.flux.source.ResourceSource;
import dev.tidemark.flux.status.EventRecorder;
import dev.tidemark.flux.status.StatusStore;
import dev.tidemark.runtime.log.DeadLetters;
import dev.tidemark.runtime.log.LogClients;
import dev.tidemark.runtime.log.LogUser;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.progress.ServiceEnd;
import dev.tidemark.runtime.publish.BoundedPublisher;
import dev.tidemark.runtime.publish.LogListener;
import dev.tidemark.runtime.quarkus.ChannelSender;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.runtime.status.StatusListener;
import dev.tidemark.runtime.time.ThreadScheduler;
import dev.tidemark.runtime.trace.Steps;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;

/** Gives git-committer to the framework, which begins and ends it. */
@Singleton
public class GitCommitterModule {

    /** Static: it is asked before there are topics, which this class may need. */
    @Produces
    @Singleton
    static LogUser logUser() {
        return LogUser.GIT_COMMITTER;
    }

    @Produces
    @Singleton
    GitCommitter committer(
            CommitterConfig config,
            TidemarkConfig tidemark,
            LogClients log,
            DeadLetters deadLetters,
            ThreadScheduler scheduler,
            ResourceSource source,
            SecretReader secrets,
            StatusStore statuses,
            EventRecorder events,
            StatusListener told,
            LogListener listener,
            Meters meters,
            Progress progress,
            Optional<Steps> steps,
            @Channel("git-committer-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 512)
                    MutinyEmitter<Envelope<?>> out) {
        BoundedPublisher publisher = new BoundedPublisher(() -> new ChannelSender(out, log.settings()::name, listener));
        return new GitCommitter(
                config,
                tidemark,
                log,
                deadLetters,
                scheduler,
                source,
                secrets,
                statuses,
                events,
                told,
                meters,
                progress,
                steps,
                publisher);
    }

    void start(@Observes StartupEvent event, GitCommitter committer) {
        committer.start();
    }

    @Produces
    @Singleton
    ServiceEnd end(GitCommitter committer) {
        return new ServiceEnd("git-committer", committer::close);
    }
}
