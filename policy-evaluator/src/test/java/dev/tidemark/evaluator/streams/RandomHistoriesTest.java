package dev.tidemark.evaluator.streams;

import static dev.tidemark.evaluator.streams.Evaluation.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Utf8Order;
import dev.tidemark.policies.decide.Candidates;
import dev.tidemark.policies.decide.Decider;
import dev.tidemark.policies.decide.Decision;
import dev.tidemark.policies.decide.DecisionInput;
import dev.tidemark.policies.gate.AllowDowngrade;
import dev.tidemark.policies.gate.Freeze;
import dev.tidemark.policies.gate.Gates;
import dev.tidemark.policies.gate.HeldBack;
import dev.tidemark.policies.gate.Hold;
import dev.tidemark.policies.gate.MinimumAge;
import dev.tidemark.policies.gate.Publication;
import dev.tidemark.policies.gate.RequireDigestStable;
import dev.tidemark.policies.gate.TagFacts;
import dev.tidemark.policies.gate.TagFacts.DigestFacts;
import dev.tidemark.policies.inputs.TagListPolicy;
import dev.tidemark.policies.select.Compilation;
import dev.tidemark.policies.select.PolicySpec;
import dev.tidemark.policies.select.TagPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a feed and of policies on it, through the topology: after every event each target has what a
 * decision from scratch, over everything that is known by then, makes of what it had before.
 */
class RandomHistoriesTest {

    private static final int MOVES = 100;

    @TempDir
    Path folder;

    private final Registry registry = new Registry();
    private final TreeMap<Target, PolicyDeclared> policies = new TreeMap<>();
    private final Map<Target, List<SelectedTag>> published = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private Random random = new Random(0);
    private boolean halted;
    private int second;
    private long sequence;

    static List<Long> seeds() {
        return IntStream.range(0, 30).mapToObj(i -> 7_919L * i + 11).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyDecisionIsTheOneFromScratch(long seed) {
        random = new Random(seed);
        try (var evaluation = new Evaluation(folder)) {
            for (int i = 0; i < 5; i++) {
                edit(evaluation, target(i));
                settle(evaluation, seed);
            }
            for (int move = 0; move < MOVES; move++) {
                move(evaluation);
                settle(evaluation, seed);
            }
        }
    }

    private static Target target(int number) {
        return new Target("local", number == 4 ? "ResourceSetInputProvider" : "ImagePolicy", "apps", "app-" + number);
    }

    private void move(Evaluation evaluation) {
        switch (random.nextInt(12)) {
            case 0, 1 -> scan(evaluation, ++second, random.nextInt(4) > 0);
            case 2 -> scan(evaluation, Math.max(0, second - 1 - random.nextInt(3)), true);
            case 3, 4, 5 -> found(evaluation, ++second, tag(), Scope.TAG, random.nextInt(3) == 0 ? null : digest());
            case 6, 7 -> gone(evaluation, ++second, anyTag());
            case 8 -> edit(evaluation, target(random.nextInt(5)));
            case 9 -> {
                tell("time passes");
                evaluation.pass(Duration.ofMinutes(random.nextInt(90)));
            }
            case 10 -> {
                halted = !halted;
                tell(halted ? "halt" : "lift");
                if (halted) {
                    evaluation.halt("ada", "why not");
                } else {
                    evaluation.lift("ada", "enough");
                }
            }
            default -> {
                tell("restart");
                evaluation.restart();
            }
        }
    }

    /** A scan may end early, and may be one that a newer one has overtaken. */
    private void scan(Evaluation evaluation, int at, boolean ends) {
        for (int i = random.nextInt(4); i > 0; i--) {
            found(evaluation, at, tag(), Scope.SCAN, random.nextInt(3) > 0 ? null : digest());
            settle(evaluation, at);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String tag = anyTag();
            tell(at + " lacks " + tag);
            evaluation.write(new Event.TagRemoved(FEED, tag, Evaluation.scan(at), Scope.SCAN));
            if (!registry.isStale(at)) {
                registry.scanLacks(tag);
            }
        }
        if (ends) {
            tell(at + " ends");
            evaluation.write(new Event.ScanCompleted(FEED, Evaluation.scan(at), 0, 0, 0, "checksum"));
            if (!registry.isStale(at)) {
                registry.scanEnds();
            }
        }
    }

    private void found(Evaluation evaluation, int at, String tag, Scope scope, @Nullable String digest) {
        tell(at + " " + scope + " shows " + tag + " " + digest);
        evaluation.found(at, tag, scope, digest);
        if (!registry.isStale(at)) {
            var found = new Registry.Tag(digest, evaluation.now(), null, evaluation.now());
            if (scope == Scope.TAG) {
                registry.lookShows(tag, found);
            } else {
                registry.scanShows(tag, found);
            }
        }
    }

    private void gone(Evaluation evaluation, int at, String tag) {
        tell(at + " look finds no " + tag);
        evaluation.gone(at, tag);
        if (!registry.isStale(at)) {
            registry.lookFindsNothing(tag);
        }
    }

    private void edit(Evaluation evaluation, Target target) {
        PolicyDeclared plain = Evaluation.declared(target, FEED, rule(target), ++sequence);
        PolicyDeclared policy = new PolicyDeclared(
                plain.image(),
                target,
                FEED,
                plain.name(),
                plain.rule(),
                target.name().equals("app-1") && random.nextBoolean()
                        ? new TagFilter("^(\\d)\\.\\d\\.(?P<patch>\\d)$", "$patch")
                        : TagFilter.NONE,
                target.name().equals("app-3") ? "Always" : "Never",
                target.name().equals("app-4") ? List.of() : List.of("^1\\.1\\."),
                annotations(target),
                "uid",
                "1",
                sequence,
                random.nextInt(8) == 0,
                target.name().equals("app-3") ? Duration.ofMinutes(5) : null,
                null,
                null);
        tell("declared " + policy);
        policies.put(target, policy);
        evaluation.write(policy);
    }

    private PolicyRule rule(Target target) {
        return switch (target.name()) {
            case "app-1" ->
                random.nextBoolean() ? new PolicyRule.Numerical("asc") : new PolicyRule.Alphabetical("desc");
            case "app-4" -> new PolicyRule.TagList(null, null, random.nextBoolean() ? ">=0.1.0" : null, 3, Map.of());
            default ->
                new PolicyRule.Semver(
                        List.of(">=0.0.0", "0.x", ">=1.0.0 <3.0.0").get(random.nextInt(3)));
        };
    }

    private Map<String, String> annotations(Target target) {
        return switch (target.name()) {
            case "app-2" ->
                List.of(
                                Map.of(MinimumAge.ANNOTATION, "2h"),
                                Map.of(Hold.ANNOTATION, tag()),
                                Map.of(Hold.ANNOTATION, "!" + tag(), MinimumAge.ANNOTATION, "major=2h,minor=1h"),
                                Map.of(Freeze.ANNOTATION, "0 */3 * * * +1h"),
                                Map.of(RequireDigestStable.ANNOTATION, "1h"),
                                Map.of(RequireDigestStable.ANNOTATION, "20m", MinimumAge.ANNOTATION, "30m"),
                                Map.of(Hold.ANNOTATION, "no such, thing"))
                        .get(random.nextInt(7));
            case "app-3" -> random.nextBoolean() ? Map.of() : Map.of(RequireDigestStable.ANNOTATION, "45m");
            case "app-0", "app-4" ->
                Map.of(
                        AllowDowngrade.ANNOTATION,
                        List.of("never", "confirmed", "always").get(random.nextInt(3)));
            default -> Map.of();
        };
    }

    private void settle(Evaluation evaluation, long seed) {
        evaluation.read(Topic.TAG_SELECTED).forEach(record -> {
            var selected = (Event.TagSelected) record.value.event();
            observed.put(selected.target(), selected.tags());
        });
        policies.forEach((target, policy) -> {
            if (!policy.suspended()) {
                for (int step = 0; step < 5; step++) {
                    published.put(target, fromScratch(policy, published.getOrDefault(target, List.of()), evaluation));
                }
            }
        });
        registry.forgetMissing(published.values().stream()
                .flatMap(List::stream)
                .map(SelectedTag::tag)
                .collect(Collectors.toSet()));
        published.forEach((target, tags) -> assertThat(observed.getOrDefault(target, List.of()))
                .as(() -> String.join("\n", story) + "\nseed " + seed + ", " + policies.get(target))
                .isEqualTo(tags));
    }

    private final Map<Target, List<SelectedTag>> observed = new TreeMap<>();

    private List<SelectedTag> fromScratch(PolicyDeclared policy, List<SelectedTag> before, Evaluation evaluation) {
        if (!registry.complete) {
            return before;
        }
        return policy.rule() instanceof PolicyRule.TagList list
                ? list(policy, list, before, evaluation.now())
                : one(policy, before, evaluation);
    }

    private List<SelectedTag> one(PolicyDeclared policy, List<SelectedTag> before, Evaluation evaluation) {
        Optional<String> current = before.stream().findFirst().map(SelectedTag::tag);
        List<String> seen = registry.listed.keySet().stream()
                .filter(tag -> !tag.startsWith("1.1."))
                .toList();
        Decision decision = Decider.decide(new DecisionInput(
                        compile(policy),
                        Gates.read(policy.annotations()),
                        current,
                        new Candidates.All(seen),
                        current.filter(registry::isGone).isPresent()
                                ? DecisionInput.Presence.CONFIRMED_GONE
                                : DecisionInput.Presence.UNKNOWN,
                        evaluation.now(),
                        this::facts,
                        halted ? Optional.of("halted") : Optional.empty()))
                .decision();
        Optional<String> wanted =
                switch (decision) {
                    case Decision.Keep keep when waits(policy, keep.published(), evaluation.now()) -> Optional.empty();
                    case Decision.Select select -> Optional.of(select.tag());
                    case Decision.Keep keep when keep.because().isEmpty() && !halted -> Optional.of(keep.published());
                    default -> Optional.empty();
                };
        return wanted.flatMap(tag -> reflected(policy, tag, current, evaluation.now()))
                .map(List::of)
                .orElse(before);
    }

    private boolean waits(PolicyDeclared policy, String published, Instant now) {
        return registry.listed.containsKey(published)
                && Gates.read(policy.annotations()) instanceof Gates.Reading.Valid(Gates gates)
                && gates.publication(Publication.ofDigest(published, facts(published), now)) instanceof HeldBack;
    }

    private TagFacts facts(String name) {
        Registry.Tag tag = registry.tag(name);
        return new TagFacts(
                Optional.of(tag.firstSeen()),
                Optional.ofNullable(tag.digest())
                        .map(digest ->
                                new DigestFacts(tag.digestSeen(), Optional.ofNullable(tag.digestMoved()), false)));
    }

    private Optional<SelectedTag> reflected(PolicyDeclared policy, String tag, Optional<String> current, Instant now) {
        if (policy.digestReflection().equals("Never")) {
            return Optional.of(new SelectedTag(tag, null));
        }
        String digest = registry.tag(tag).digest();
        boolean old = registry.tag(tag).digestSeen().isBefore(now.minus(Duration.ofMinutes(1)));
        return digest == null || (old && current.filter(tag::equals).isEmpty())
                ? Optional.empty()
                : Optional.of(new SelectedTag(tag, digest));
    }

    private static TagPolicy compile(PolicyDeclared policy) {
        return ((Compilation.Compiled) TagPolicy.compile(new PolicySpec(policy.rule(), policy.filterTags()))).policy();
    }

    private List<SelectedTag> list(
            PolicyDeclared policy, PolicyRule.TagList list, List<SelectedTag> before, Instant now) {
        String downgrade = policy.annotations().getOrDefault(AllowDowngrade.ANNOTATION, "confirmed");
        List<String> tags = new ArrayList<>(registry.listed.keySet());
        before.stream()
                .map(SelectedTag::tag)
                .filter(registry::isMissing)
                .filter(tag -> downgrade.equals("never") || (downgrade.equals("confirmed") && !registry.isGone(tag)))
                .forEach(tags::add);
        tags.sort(Utf8Order.DESCENDING);
        var compiled = ((Parsed.Value<TagListPolicy>) TagListPolicy.compile(list)).value();
        List<SelectedTag> after = compiled.select(tags).stream()
                .map(tag -> new SelectedTag(
                        tag,
                        registry.listed.containsKey(tag)
                                ? registry.tag(tag).digest()
                                : before.stream()
                                        .filter(one -> one.tag().equals(tag))
                                        .findFirst()
                                        .orElseThrow()
                                        .digest()))
                .toList();
        return halted ? before : exported(policy, after, before, now);
    }

    /** One value: while a digest is missing, or older than the wish for it, what was there before stands. */
    private List<SelectedTag> exported(
            PolicyDeclared policy, List<SelectedTag> after, List<SelectedTag> before, Instant now) {
        if (after.stream().anyMatch(tag -> tag.digest() == null)) {
            return before;
        }
        boolean certain = after.stream().allMatch(tag -> has(before, tag.tag()) || isFresh(tag.tag(), now));
        return certain || after.equals(observed.get(policy.target())) ? after : before;
    }

    private static boolean has(List<SelectedTag> tags, String tag) {
        return tags.stream().anyMatch(one -> one.tag().equals(tag) && one.digest() != null);
    }

    private boolean isFresh(String tag, Instant now) {
        Instant seen = registry.tag(tag).digestSeen();
        return !seen.isBefore(now.minus(Duration.ofMinutes(1)));
    }

    private String tag() {
        return random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(4);
    }

    private String anyTag() {
        Set<String> tags = registry.listed.keySet();
        return tags.isEmpty() || random.nextInt(5) == 0
                ? tag()
                : List.copyOf(tags).get(random.nextInt(tags.size()));
    }

    private String digest() {
        return "sha256:" + "0123456789abcdef".charAt(random.nextInt(16));
    }

    private void tell(String what) {
        story.add(what);
    }
}
