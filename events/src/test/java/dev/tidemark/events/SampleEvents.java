package dev.tidemark.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the committed samples below {@code samples/v1} say, as records. A sample is the promise that a log written today
 * can be read by every later build: add samples, never change one.
 */
final class SampleEvents {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.120Z");
    private static final ImageName IMAGE = new ImageName("ghcr.io/my-org/my-app");
    private static final Feed FEED = new Feed(IMAGE, "flux-system/registry-credentials");
    private static final Target POLICY = new Target("local", "ImagePolicy", "flux-system", "my-app");
    private static final Target PROVIDER =
            new Target("local", "ResourceSetInputProvider", "flux-system", "app-image-tag");
    private static final Branch BRANCH = new Branch("git.example/org/fleet", "staging-image-updates");
    private static final Scan SCAN = new Scan("6f6f3a02", Instant.parse("2026-11-22T09:29:59Z"));
    private static final Scan CLAIMED = new Scan("6f6f3a03", Instant.parse("2026-11-22T09:29:59Z"), 4711L, 3L);
    private static final ScanOrder BASE = new ScanOrder(4711, 1);
    private static final SelectedTag OLD = new SelectedTag("1.4.1", null);
    private static final SelectedTag NEW = new SelectedTag("1.4.2", "sha256:" + "4f53cda1".repeat(8));

    private SampleEvents() {}

    /** A sample file's name without ending, its record key, and the record. */
    record Sample(String file, Envelope<?> envelope) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Sample> all() {
        return Stream.of(
                sample(
                        "registry-notified",
                        "registry-watcher",
                        new Event.RegistryNotified(
                                IMAGE, "flux-system/ghcr", List.of("ImageRepository/flux-system/my-app"), "1.4.2")),
                sample(
                        "registry-notified-everything",
                        "registry-watcher",
                        new Event.RegistryNotified(IMAGE, "flux-system/ghcr", List.of(), null)),
                sample(
                        "tag-discovered",
                        "registry-watcher",
                        new Event.TagDiscovered(FEED, "1.4.2", NEW.digest(), SCAN, Event.Scope.TAG, NOW)),
                sample(
                        "tag-discovered-of-first-import",
                        "registry-watcher",
                        new Event.TagDiscovered(
                                new Feed(new ImageName("index.docker.io/library/nginx"), ""),
                                "1.27.0",
                                null,
                                SCAN,
                                Event.Scope.SCAN,
                                null)),
                sample("tag-removed", "registry-watcher", new Event.TagRemoved(FEED, "1.3.9", SCAN, Event.Scope.SCAN)),
                sample(
                        "tag-removed-from-a-base",
                        "registry-watcher",
                        new Event.TagRemoved(FEED, "1.3.9", CLAIMED, Event.Scope.SCAN, BASE)),
                sample(
                        "tag-discovered-on-a-base",
                        "registry-watcher",
                        new Event.TagDiscovered(FEED, "1.4.2", NEW.digest(), CLAIMED, Event.Scope.TAG, NOW, BASE)),
                sample(
                        "tags-listed",
                        "registry-watcher",
                        new TagsListed(
                                FEED,
                                CLAIMED,
                                1,
                                1,
                                5011,
                                TagsListed.Origin.SCAN,
                                List.of("1.4.0", "1.4.1", "1.4.2"),
                                Map.of("1.4.2", "sha256:" + "4f53cda1".repeat(8)),
                                Map.of("1.4.2", NOW))),
                sample(
                        "tags-listed-by-a-fold",
                        "registry-watcher",
                        new TagsListed(
                                FEED,
                                CLAIMED,
                                2,
                                3,
                                5011,
                                TagsListed.Origin.FOLD,
                                List.of("1.4.0", "1.4.1"),
                                Map.of(),
                                Map.of())),
                sample(
                        "tags-changed",
                        "registry-watcher",
                        new TagsChanged(FEED, CLAIMED, 1, 1, BASE, List.of("1.5.0"), List.of("1.3.8", "1.3.9"), NOW)),
                sample(
                        "scan-completed",
                        "registry-watcher",
                        new Event.ScanCompleted(FEED, SCAN, 214, 1, 1, "c7a1d5e0b3f24689")),
                sample(
                        "scan-failed",
                        "registry-watcher",
                        new ScanFailed(
                                FEED,
                                SCAN,
                                Event.ScanFailure.RATE_LIMITED,
                                "ghcr.io answered 429 and asks to wait 30s",
                                NOW.plusSeconds(30))),
                sample(
                        "scan-failed-of-a-feed",
                        "registry-watcher",
                        new ScanFailed(
                                FEED,
                                CLAIMED,
                                Event.ScanFailure.UNREACHABLE,
                                "no route to ghcr.io",
                                NOW.plusSeconds(5))),
                sample(
                        "feed-scanned",
                        "registry-watcher",
                        new Event.FeedScanned(FEED, SCAN, 214, "c7a1d5e0b3f24689", NOW.plusSeconds(300))),
                sample(
                        "partition-claimed",
                        "registry-watcher",
                        new Event.PartitionClaimed(
                                9, "b0c4f1d2-5e6f-4a7b-8c9d-0e1f2a3b4c5d", "3d9a1c52-7e40-4f8b-9d61-5a2b8c7e0f14")),
                sample(
                        "tag-discovered-in-an-epoch",
                        "registry-watcher",
                        new Event.TagDiscovered(FEED, "1.4.2", NEW.digest(), CLAIMED, Event.Scope.TAG, NOW)),
                sample(
                        "feed-scanned-in-an-epoch",
                        "registry-watcher",
                        new Event.FeedScanned(FEED, CLAIMED, 214, "c7a1d5e0b3f24689", NOW.plusSeconds(300), 5012L)),
                sample(
                        "policy-declared",
                        "policy-evaluator",
                        declared(POLICY, new PolicyRule.Semver(">=1.0.0 <2.0.0"))),
                sample(
                        "policy-declared-alphabetical",
                        "policy-evaluator",
                        declared(POLICY, new PolicyRule.Alphabetical("asc"))),
                sample(
                        "policy-declared-numerical",
                        "policy-evaluator",
                        declared(POLICY, new PolicyRule.Numerical("desc"))),
                sample("policy-declared-missing", "policy-evaluator", declared(POLICY, new PolicyRule.Missing())),
                sample(
                        "policy-declared-list",
                        "policy-evaluator",
                        declared(
                                PROVIDER,
                                new PolicyRule.TagList(
                                        "^v",
                                        null,
                                        "1.x",
                                        0,
                                        new TreeMap<>(Map.of("env", "staging", "replicas", 3L))))),
                sample(
                        "policy-declared-moved",
                        "policy-evaluator",
                        declared(POLICY, new PolicyRule.Semver("1.x"))
                                .following(new ImageName("ghcr.io/my-org/old-app"), 1795512000007L)),
                sample(
                        "policy-handed-over",
                        "policy-evaluator",
                        new PolicyHandedOver(
                                POLICY, IMAGE, new ImageName("ghcr.io/my-org/old-app"), 1795512000009L, 0)),
                sample(
                        "branch-tag-found",
                        "git-committer",
                        new BranchTagFound(
                                POLICY, IMAGE, new Branch("git.example/org/fleet", "main"), "1.5.0", 1795512000009L)),
                sample(
                        "tag-check-wanted",
                        "policy-evaluator",
                        new Event.TagCheckWanted(
                                FEED, "1.4.2", Event.CheckPurpose.DIGEST_EVERY, Duration.ofMinutes(10))),
                sample(
                        "control-requested",
                        "console",
                        new Event.ControlRequested(
                                POLICY.text(), Event.ControlAction.HALT, "on-call", "checkout errors since 09:20")),
                sample(
                        "policy-decided",
                        "policy-evaluator",
                        new Event.PolicyDecided(
                                POLICY,
                                "ghcr.io/my-org/my-app",
                                Event.DecisionOutcome.SELECTED,
                                "Succeeded",
                                "Latest image tag for ghcr.io/my-org/my-app resolved to 1.4.2 (previously 1.4.1)",
                                List.of(NEW),
                                List.of(OLD),
                                Event.Trigger.TAG,
                                NOW,
                                new TreeMap<>(Map.of("tag-discovered-3", 512L, "policy-declared-3", 17L)),
                                "0.1.0",
                                null,
                                null,
                                null,
                                null)),
                sample(
                        "policy-decided-held-back",
                        "policy-evaluator",
                        new Event.PolicyDecided(
                                POLICY,
                                "ghcr.io/my-org/my-app",
                                Event.DecisionOutcome.KEPT,
                                "TooYoung",
                                "Latest image tag for ghcr.io/my-org/my-app resolved to 1.4.1; 1.4.2 waits until it is 30m old",
                                List.of(OLD),
                                List.of(),
                                Event.Trigger.TAG,
                                NOW,
                                new TreeMap<>(Map.of("tag-discovered-3", 512L)),
                                "0.1.0",
                                List.of(new TagRemark("1.4.2", "TOO_YOUNG", NOW.plusSeconds(1800))),
                                "1.4.1 came back: 1.4.1, 1.4.2, 1.4.1",
                                NOW.plusSeconds(1800),
                                "1.4.2 waits until it is 30m old")),
                sample(
                        "tag-selected",
                        "policy-evaluator",
                        new Event.TagSelected(
                                POLICY,
                                IMAGE,
                                "ghcr.io/my-org/my-app",
                                List.of(NEW),
                                List.of(OLD),
                                1795512600120L,
                                NOW)),
                sample(
                        "tag-selected-list",
                        "policy-evaluator",
                        new Event.TagSelected(
                                PROVIDER, IMAGE, "ghcr.io/my-org/my-app", List.of(NEW, OLD), List.of(), 1L, NOW)),
                sample(
                        "branch-state",
                        "git-committer",
                        new Event.BranchState(
                                BRANCH,
                                "8f14e45fceea167a5a36dedd4bea2543b14a0a5d",
                                Map.of(POLICY.text(), new Event.Written("ghcr.io/my-org/my-app:1.4.2", 1795512600120L)),
                                NOW,
                                NOW.plusSeconds(15),
                                "the remote refused the push: pre-receive hook declined")),
                sample(
                        "branch-state-new",
                        "git-committer",
                        new Event.BranchState(BRANCH, null, Map.of(), null, null, null)),
                sample(
                        "committed",
                        "git-committer",
                        new Committed(
                                BRANCH,
                                "flux-system/flux-system",
                                "8f14e45fceea167a5a36dedd4bea2543b14a0a5d",
                                "chore: update ghcr.io/my-org/my-app:1.4.2\n",
                                List.of(new Change(
                                        "clusters/staging/my-app.yaml",
                                        "ghcr.io/my-org/my-app:1.4.1",
                                        "ghcr.io/my-org/my-app:1.4.2",
                                        "flux-system:my-app")),
                                List.of("ghcr.io/my-org/my-app:1.4.2"))),
                sample(
                        "committed-large",
                        "git-committer",
                        new Committed(
                                BRANCH,
                                "flux-system/flux-system",
                                "8f14e45fceea167a5a36dedd4bea2543b14a0a5d",
                                "chore: update ghcr.io/my-org/my-app:1.4.2\n",
                                List.of(new Change(
                                        "clusters/staging/my-app.yaml",
                                        "ghcr.io/my-org/my-app:1.4.1",
                                        "ghcr.io/my-org/my-app:1.4.2",
                                        "flux-system:my-app")),
                                List.of("ghcr.io/my-org/my-app:1.4.2"),
                                new CommitSize(9000, 27000, 1),
                                null)),
                sample(
                        "committed-selections",
                        "git-committer",
                        new Committed(
                                BRANCH,
                                "flux-system/flux-system",
                                "8f14e45fceea167a5a36dedd4bea2543b14a0a5d",
                                "chore: update ghcr.io/my-org/my-app:1.4.2\n",
                                List.of(),
                                List.of("ghcr.io/my-org/my-app:1.4.2"),
                                null,
                                Map.of(POLICY.text(), 1795512600120L))),
                sample(
                        "rendered",
                        "gitless-renderer",
                        new Event.Rendered(
                                "local",
                                "flux-system/my-app",
                                "sha256:" + "9b2e7c10".repeat(8),
                                List.of("Kustomization/flux-system/my-app"))),
                sample(
                        "update-refused",
                        "git-committer",
                        new Event.UpdateRefused(
                                BRANCH.text(),
                                "GitOperationFailed",
                                "the deploy key may not write: «staging» ist geschützt")),
                sample(
                        "update-failed",
                        "gitless-renderer",
                        new Event.UpdateFailed(
                                "local/flux-system/my-app",
                                "ReconciliationFailed",
                                "the API server is away",
                                NOW.plusSeconds(5))));
    }

    private static Event.PolicyDeclared declared(Target target, PolicyRule rule) {
        return new Event.PolicyDeclared(
                IMAGE,
                target,
                FEED,
                "ghcr.io/my-org/my-app",
                rule,
                new TagFilter("^v?(?P<version>.*)$", "$version"),
                "IfNotPresent",
                Arrays.asList("^.*\\.sig$"),
                new TreeMap<>(Map.of("tidemark.dev/minimum-age", "30m", "tidemark.dev/allow-downgrade", "confirmed")),
                "0f1b2f4e-7d53-3c62-9f35-3f5bba2c3e11",
                "42",
                1795512000000L,
                false);
    }

    private static Sample sample(String file, String source, Event event) {
        return new Sample(
                file,
                new Envelope<>(
                        FactId.of(event, SCAN.id()),
                        source,
                        NOW,
                        "2c1f0a34-5b6d-8e7f-9a0b-1c2d3e4f5a6b",
                        file.endsWith("-new") ? null : "7d8e9fa0-1b2c-8d4e-a6f7-0123456789ab",
                        file.equals("tag-selected") ? "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" : null,
                        event));
    }
}
