package dev.tidemark.watcher.domain;

import dev.tidemark.flux.Condition;
import dev.tidemark.flux.Conditions;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ImageRepositoryStatus;
import dev.tidemark.flux.ImageRepositoryStatus.ScanResult;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.status.StatusRule;
import dev.tidemark.policies.filter.ScanSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the status of an ImageRepository says once its feed was asked (flux-git-based 4.2 to 4.4). */
public sealed interface RepositoryRule extends StatusRule<ImageRepositoryStatus> {

    /**
     * What every status says.
     *
     * @param image canonical; null for one that names none
     * @param requestedAt the request that is answered, empty for none
     */
    record Subject(long generation, @Nullable String image, String requestedAt, Instant now) {

        public static Subject of(Resource<ImageRepositorySpec> repository, WatchedFeed watched, Instant now) {
            return new Subject(
                    repository.metadata().generation(),
                    watched.feed().image().text(),
                    watched.requests().getOrDefault(repository.id(), ""),
                    now);
        }

        private Conditions conditions(Optional<ImageRepositoryStatus> before) {
            return Conditions.after(
                    before.map(ImageRepositoryStatus::conditions).orElse(List.of()), generation, now);
        }

        private @Nullable String handled() {
            return requestedAt.isEmpty() ? null : requestedAt;
        }
    }

    /**
     * The tags are known.
     *
     * @param exclusions the list in force
     * @param scanned when the last scan ended
     */
    record Known(Subject subject, ScanSummary summary, List<String> exclusions, ScanTime scanned)
            implements RepositoryRule {

        @Override
        public ImageRepositoryStatus after(Optional<ImageRepositoryStatus> before) {
            String message =
                    "successful scan: found " + summary.tagCount() + " tags with checksum " + summary.revision();
            ScanResult result = new ScanResult(
                    summary.revision(),
                    summary.tagCount(),
                    scanned.after(before.filter(status -> status.canonicalImageName() != null
                                    && status.canonicalImageName().equals(subject.image())))
                            .truncatedTo(ChronoUnit.SECONDS),
                    summary.latestTags().isEmpty() ? null : summary.latestTags());
            return new ImageRepositoryStatus(
                    subject.conditions(before).succeeded("Succeeded", message),
                    subject.image(),
                    result,
                    exclusions,
                    subject.generation(),
                    subject.handled());
        }
    }

    /** When the last scan was, as far as that is known. */
    sealed interface ScanTime {

        record Ended(Instant at) implements ScanTime {}

        /** Only when it began is known here: the status may know when it ended. */
        record Began(Instant at) implements ScanTime {}

        private Instant after(Optional<ImageRepositoryStatus> ofThisImage) {
            return switch (this) {
                case Ended(Instant at) -> at;
                case Began(Instant at) ->
                    ofThisImage
                            .flatMap(status -> Optional.ofNullable(status.lastScanResult()))
                            .map(ScanResult::scanTime)
                            .filter(time -> !time.isBefore(at.truncatedTo(ChronoUnit.SECONDS)))
                            .orElse(at);
            };
        }
    }

    /**
     * It failed, and will be tried again.
     *
     * @param nextTry null when something else than time brings the next try
     */
    record Retrying(
            Subject subject,
            String reason,
            String message,
            @Nullable Instant nextTry) implements RepositoryRule {

        @Override
        public ImageRepositoryStatus after(Optional<ImageRepositoryStatus> before) {
            return keeping(
                    before,
                    subject.conditions(before).retrying(reason, message, nextTry),
                    subject.image(),
                    before.map(ImageRepositoryStatus::observedGeneration).orElse(0L),
                    subject.handled());
        }
    }

    /** Only a change of the resource helps. */
    record Stalled(Subject subject, FeedDeclaration.Invalid wrong) implements RepositoryRule {

        @Override
        public ImageRepositoryStatus after(Optional<ImageRepositoryStatus> before) {
            return keeping(
                    before,
                    subject.conditions(before).stalled(wrong.reason(), wrong.message()),
                    before.map(ImageRepositoryStatus::canonicalImageName).orElse(null),
                    subject.generation(),
                    subject.handled());
        }
    }

    /** The last good result stays. */
    private static ImageRepositoryStatus keeping(
            Optional<ImageRepositoryStatus> before,
            List<Condition> conditions,
            @Nullable String image,
            long observedGeneration,
            @Nullable String handled) {
        return new ImageRepositoryStatus(
                conditions,
                image,
                before.map(ImageRepositoryStatus::lastScanResult).orElse(null),
                before.map(ImageRepositoryStatus::observedExclusionList).orElse(null),
                observedGeneration,
                handled);
    }
}
