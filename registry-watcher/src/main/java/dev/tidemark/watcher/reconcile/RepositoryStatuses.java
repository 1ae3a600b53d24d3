package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.filter.ScanSummary;
import dev.tidemark.runtime.status.StatusOwner;
import dev.tidemark.runtime.status.StatusPublisher;
import dev.tidemark.watcher.domain.FeedDeclaration;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.KnownTags;
import dev.tidemark.watcher.domain.RepositoryRule;
import dev.tidemark.watcher.domain.WatchedFeed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says in the status of ImageRepositories what their feed came to; who says it waits for nothing. */
public final class RepositoryStatuses {

    private final Resources resources;
    private final StatusOwners owners;
    private final StatusPublisher publisher;
    private final Clock clock;
    private final Map<ResourceId, Summarised> summaries = new ConcurrentHashMap<>();

    /** The summary of a set of tags through an exclusion list: worked out again only when one of them changes. */
    private record Summarised(String checksum, List<String> exclusions, ScanSummary summary) {}

    public RepositoryStatuses(Resources resources, StatusOwners owners, StatusPublisher publisher, Clock clock) {
        this.resources = resources;
        this.owners = owners;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Hears how the scans of an owner's feeds end. */
    public FeedWorker.ScanListener of(StatusOwner owner) {
        return new Listener(owner);
    }

    private final class Listener implements FeedWorker.ScanListener {

        private final StatusOwner owner;

        Listener(StatusOwner owner) {
            this.owner = owner;
        }

        @Override
        public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {
            say(watched, state, new RepositoryRule.ScanTime.Ended(finishedAt));
        }

        @Override
        public void known(WatchedFeed watched, FeedState state, Scan last) {
            say(watched, state, new RepositoryRule.ScanTime.Began(last.startedAt()));
        }

        private void say(WatchedFeed watched, FeedState state, RepositoryRule.ScanTime time) {
            say(watched, repository -> {
                RepositoryRule.Subject subject = RepositoryRule.Subject.of(repository, watched, clock.instant());
                return switch (ExclusionList.compile(repository.spec().exclusionList())) {
                    case Parsed.Malformed<ExclusionList>(String why) ->
                        new RepositoryRule.Retrying(subject, "ReadOperationFailed", "scan failed: " + why, null);
                    case Parsed.Value<ExclusionList>(ExclusionList exclusions) ->
                        new RepositoryRule.Known(
                                subject,
                                summary(repository.id(), state.tags(), exclusions),
                                exclusions.effective(),
                                time);
                };
            });
        }

        @Override
        public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {
            boolean access = failure.reason() == ScanFailure.CONFIGURATION;
            String reason = access ? "AuthenticationFailed" : "ReadOperationFailed";
            String message =
                    (access ? "failed to configure authentication options: " : "scan failed: ") + failure.message();
            Instant nextTry = state.nextDue();
            say(
                    watched,
                    repository -> new RepositoryRule.Retrying(
                            RepositoryRule.Subject.of(repository, watched, clock.instant()), reason, message, nextTry));
        }

        /** One that names another feed by now may be another replica's to write. */
        private void say(WatchedFeed watched, Function<Resource<ImageRepositorySpec>, RepositoryRule> rule) {
            watched.resources().keySet().stream()
                    .filter(id -> id.kind().equals(Kinds.IMAGE_REPOSITORY.name()))
                    .flatMap(id -> resources.find(Kinds.IMAGE_REPOSITORY, id.namespace(), id.name()).stream())
                    .filter(repository -> FeedDeclaration.of(repository).named().equals(Optional.of(watched.feed())))
                    .forEach(repository -> publish(repository, owner, rule.apply(repository)));
        }
    }

    private void publish(Resource<ImageRepositorySpec> repository, StatusOwner owner, RepositoryRule rule) {
        var unused = publisher.publish(repository, ImageRepositoryStatus.class, owner, rule);
    }

    /** Says of a repository that names no image what is wrong; by whoever owns it. */
    void checked(Resource<ImageRepositorySpec> repository) {
        if (FeedDeclaration.of(repository) instanceof FeedDeclaration.Invalid wrong) {
            RepositoryRule.Subject subject = new RepositoryRule.Subject(
                    repository.metadata().generation(),
                    null,
                    repository.annotation(ReconcileAnnotations.REQUESTED_AT),
                    clock.instant());
            owners.of(repository)
                    .ifPresent(owner -> publish(repository, owner, new RepositoryRule.Stalled(subject, wrong)));
        }
    }

    /** One is declared in another way, or not any more. */
    void changed(Change change) {
        switch (change) {
            case Change.Upserted upserted ->
                upserted.after().as(Kinds.IMAGE_REPOSITORY).ifPresent(this::checked);
            case Change.Deleted deleted -> {
                summaries.remove(deleted.id());
                deleted.before(Kinds.IMAGE_REPOSITORY).flatMap(owners::of).ifPresent(owner -> {
                    var unused = publisher.remove(deleted.id(), owner);
                });
            }
        }
    }

    /** The partition of a repository that is gone, by what its status says of it. Reads the store. */
    int partitionOf(ResourceId gone) {
        return publisher
                .read(gone, ImageRepositoryStatus.class)
                .flatMap(status -> Optional.ofNullable(status.canonicalImageName()))
                .flatMap(RepositoryStatuses::image)
                .map(owners.partitions()::of)
                .orElseGet(() -> owners.partitions().of(gone));
    }

    private static Optional<ImageName> image(String name) {
        try {
            return Optional.of(new ImageName(name));
        } catch (IllegalArgumentException edited) {
            return Optional.empty();
        }
    }

    /** The request that was handled last; null for kinds whose status somebody else writes. Reads the store. */
    public @Nullable String handledRequest(ResourceId id) {
        if (!id.kind().equals(Kinds.IMAGE_REPOSITORY.name())) {
            return null;
        }
        return publisher
                .read(id, ImageRepositoryStatus.class)
                .map(ImageRepositoryStatus::lastHandledReconcileAt)
                .orElse("");
    }

    private ScanSummary summary(ResourceId id, KnownTags tags, ExclusionList exclusions) {
        Summarised known = summaries.get(id);
        if (known != null
                && known.checksum().equals(tags.checksum())
                && known.exclusions().equals(exclusions.effective())) {
            return known.summary();
        }
        List<String> all = new ArrayList<>(tags.size());
        tags.forEach(tag -> all.add(tag.tag()));
        ScanSummary summary = ScanSummary.of(exclusions.retain(all));
        summaries.put(id, new Summarised(tags.checksum(), exclusions.effective(), summary));
        return summary;
    }
}
