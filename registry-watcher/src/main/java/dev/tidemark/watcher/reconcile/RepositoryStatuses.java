package dev.tidemark.watcher.reconcile;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Scan;
import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageRepositoryStatus.ScanResult;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.StatusStore;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.filter.ExclusionList;
import dev.tidemark.policies.filter.ScanSummary;
import dev.tidemark.watcher.domain.FeedState;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.KnownTags;
import dev.tidemark.watcher.domain.WatchedFeed;
import dev.tidemark.watcher.domain.Watchlist;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the status of ImageRepositories: what the last scan of their feed came to (flux-git-based 4.2 to 4.4). */
public final class RepositoryStatuses implements FeedWorker.ScanListener {

    private final Supplier<ResourceSnapshot> resources;
    private final StatusStore store;
    private final Clock clock;
    private final Map<ResourceId, Summarised> summaries = new ConcurrentHashMap<>();

    /** The summary of a set of tags through an exclusion list: worked out again only when one of them changes. */
    private record Summarised(String checksum, List<String> exclusions, ScanSummary summary) {}

    public RepositoryStatuses(Supplier<ResourceSnapshot> resources, StatusStore store, Clock clock) {
        this.resources = resources;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void scanned(WatchedFeed watched, FeedState state, Scan scan, Instant finishedAt) {
        repositoriesOf(watched).forEach(repository -> write(repository, watched, state, finishedAt));
    }

    /** What is known of the tags is of now, the time that of the last scan. */
    @Override
    public void known(WatchedFeed watched, FeedState state, Scan last) {
        for (Resource<ImageRepositorySpec> repository : repositoriesOf(watched)) {
            Instant finishedAt = before(repository)
                    .filter(status -> watched.feed().image().text().equals(status.canonicalImageName()))
                    .flatMap(status -> Optional.ofNullable(status.lastScanResult()))
                    .map(ScanResult::scanTime)
                    .filter(time -> !time.isBefore(last.startedAt().truncatedTo(ChronoUnit.SECONDS)))
                    .orElse(last.startedAt());
            write(repository, watched, state, finishedAt);
        }
    }

    private void write(
            Resource<ImageRepositorySpec> repository, WatchedFeed watched, FeedState state, Instant finishedAt) {
        String image = watched.feed().image().text();
        String handled = watched.requests().get(repository.id());
        switch (ExclusionList.compile(repository.spec().exclusionList())) {
            case Parsed.Malformed<ExclusionList>(String why) ->
                retrying(repository, image, "ReadOperationFailed", "scan failed: " + why, handled, null);
            case Parsed.Value<ExclusionList>(ExclusionList exclusions) -> {
                ScanSummary summary = summary(repository.id(), state.tags(), exclusions);
                String message =
                        "successful scan: found " + summary.tagCount() + " tags with checksum " + summary.revision();
                List<Condition> conditions = conditions(repository).succeeded("Succeeded", message);
                ScanResult result = new ScanResult(
                        summary.revision(),
                        summary.tagCount(),
                        finishedAt.truncatedTo(ChronoUnit.SECONDS),
                        summary.latestTags().isEmpty() ? null : summary.latestTags());
                store.write(
                        repository,
                        new ImageRepositoryStatus(
                                conditions,
                                image,
                                result,
                                exclusions.effective(),
                                repository.metadata().generation(),
                                emptyAsNull(handled)));
            }
        }
    }

    @Override
    public void failed(WatchedFeed watched, FeedState state, FeedState.Failure failure) {
        boolean access = failure.reason() == ScanFailure.CONFIGURATION;
        String reason = access ? "AuthenticationFailed" : "ReadOperationFailed";
        String message =
                (access ? "failed to configure authentication options: " : "scan failed: ") + failure.message();
        for (Resource<ImageRepositorySpec> repository : repositoriesOf(watched)) {
            retrying(
                    repository,
                    watched.feed().image().text(),
                    reason,
                    message,
                    watched.requests().get(repository.id()),
                    state.nextDue());
        }
    }

    /** Only a change of the resource helps. */
    public void invalid(ResourceId id, Feeds.Outcome.Invalid wrong) {
        repository(id).ifPresent(repository -> {
            Optional<ImageRepositoryStatus> before = before(repository);
            store.write(
                    repository,
                    new ImageRepositoryStatus(
                            conditions(repository).stalled(wrong.reason(), wrong.message()),
                            before.map(ImageRepositoryStatus::canonicalImageName)
                                    .orElse(null),
                            before.map(ImageRepositoryStatus::lastScanResult).orElse(null),
                            before.map(ImageRepositoryStatus::observedExclusionList)
                                    .orElse(null),
                            repository.metadata().generation(),
                            emptyAsNull(repository.annotation(Watchlist.REQUESTED_AT))));
        });
    }

    /** Forgets what is known of resources that are not declared any more. */
    void retain(Set<ResourceId> declared) {
        summaries.keySet().retainAll(declared);
    }

    /** The request that was handled last; null for kinds whose status somebody else writes. */
    public @Nullable String handledRequest(ResourceId id) {
        if (!id.kind().equals(Kinds.IMAGE_REPOSITORY.name())) {
            return null;
        }
        return store.read(id, ImageRepositoryStatus.class)
                .map(ImageRepositoryStatus::lastHandledReconcileAt)
                .orElse("");
    }

    private void retrying(
            Resource<ImageRepositorySpec> repository,
            String image,
            String reason,
            String message,
            @Nullable String handled,
            @Nullable Instant nextTry) {
        Optional<ImageRepositoryStatus> before = before(repository);
        store.write(
                repository,
                new ImageRepositoryStatus(
                        conditions(repository).retrying(reason, message, nextTry),
                        image,
                        before.map(ImageRepositoryStatus::lastScanResult).orElse(null),
                        before.map(ImageRepositoryStatus::observedExclusionList).orElse(null),
                        before.map(ImageRepositoryStatus::observedGeneration).orElse(0L),
                        emptyAsNull(handled)));
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

    private List<Resource<ImageRepositorySpec>> repositoriesOf(WatchedFeed watched) {
        return watched.resources().keySet().stream()
                .map(this::repository)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Resource<ImageRepositorySpec>> repository(ResourceId id) {
        return id.kind().equals(Kinds.IMAGE_REPOSITORY.name())
                ? resources.get().find(Kinds.IMAGE_REPOSITORY, id.namespace(), id.name())
                : Optional.empty();
    }

    private Conditions conditions(Resource<ImageRepositorySpec> repository) {
        List<Condition> before =
                before(repository).map(ImageRepositoryStatus::conditions).orElse(List.of());
        return Conditions.after(before, repository.metadata().generation(), clock.instant());
    }

    private Optional<ImageRepositoryStatus> before(Resource<ImageRepositorySpec> repository) {
        return store.read(repository.id(), ImageRepositoryStatus.class);
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
