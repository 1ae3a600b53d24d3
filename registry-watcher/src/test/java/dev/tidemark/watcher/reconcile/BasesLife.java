package dev.tidemark.watcher.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.LogUnavailableException;
import dev.tidemark.events.Publication;
import dev.tidemark.events.Scan;
import dev.tidemark.runtime.LogRecord;
import dev.tidemark.watcher.domain.LateWrites;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.TagCheck;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.reconcile.BasesOwner.Ending;
import dev.tidemark.watcher.reconcile.LogReading.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happens to one feed, its owners and their log, and what is true meanwhile. */
final class BasesLife implements Registry {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/o/a"), "");
    private static final int STEPS = 40;
    private static final int TAGS = 30;
    private static final List<Ending> ENDINGS = List.of(Ending.values());

    private final int seed;
    private final Random random;
    private final BasesLog log = new BasesLog();
    private final Set<String> tags = new HashSet<>();
    private final Map<String, String> digests = new HashMap<>();
    private final List<BasesOwner> paused = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private Map<String, Word> model = new TreeMap<>();
    private BasesOwner owner;
    private int owners;

    /** Whether the broker has more, or less, than its owner knows; a good scan ends that. */
    private boolean uncertain;

    /** Whether somebody's late words are in the log that no owner has mended. */
    private boolean unmended;

    /** Whether half of the feed was taken out of the log; a good scan ends that. */
    private boolean halfErased;

    private boolean breaksOff;
    private Runnable between = () -> {};

    BasesLife(int seed) {
        this.seed = seed;
        this.random = new Random(seed);
        if (random.nextInt(3) == 0) {
            olderLog();
        }
        owner = next();
    }

    /** One event for each tag, of a watcher that did not know bases. */
    private void olderLog() {
        Scan scan = new Scan("older", now);
        for (int i = 0; i < random.nextInt(TAGS); i++) {
            if (random.nextInt(4) == 0) {
                write(new Event.TagRemoved(FEED, tag(i), scan, Scope.SCAN));
            } else {
                tags.add(tag(i));
                String digest = random.nextBoolean() ? null : digest();
                Instant seen = random.nextBoolean() ? null : now;
                model.put(tag(i), new Word(digest, seen));
                write(new Event.TagDiscovered(FEED, tag(i), digest, scan, Scope.SCAN, seen));
            }
        }
        write(new Event.ScanCompleted(FEED, scan, tags.size(), 0, 0, ""));
        write(new Event.FeedScanned(FEED, scan, tags.size(), "", now));
    }

    private void write(Event event) {
        LogRecord unused = log.append(new Publication.Fact(Envelope.correlated(event, "test", now, "c")));
    }

    private BasesOwner next() {
        owners++;
        history.add("owner " + owners);
        BasesOwner next = new BasesOwner(FEED, log, this, random, LifeClock.of(() -> now), owners);
        assertThat(BasesLog.set(next.state())).as(as("what a new owner loads")).isEqualTo(model);
        return next;
    }

    private static String tag(int number) {
        return "t" + number;
    }

    private String tag() {
        return tag(random.nextInt(TAGS));
    }

    private String digest() {
        return SimulatedRegistry.digest(random.nextInt(3));
    }

    void live() {
        for (int step = 0; step < STEPS; step++) {
            now = now.plus(
                    random.nextInt(8) == 0
                            ? BasesOwner.WINDOW.multipliedBy(2)
                            : Duration.ofMinutes(random.nextInt(300)));
            owner.follow();
            step();
            check();
        }
    }

    private void step() {
        switch (random.nextInt(18)) {
            case 0 -> takeOver();
            case 1 -> {
                wake();
                if (random.nextBoolean()) {
                    takeOver();
                }
            }
            case 2 -> {
                owner.late().addBase();
                mend();
            }
            case 3, 4, 5, 6 -> resolve();
            case 8 -> forget();
            case 7 -> {
                breaksOff = true;
                perform("a list that breaks off", () -> owner.scan(() -> {}), model);
                breaksOff = false;
            }
            default -> {
                change();
                scan();
            }
        }
    }

    /** Somebody else has the partition, while the owner before stands between two appends. */
    private void takeOver() {
        model = read(log.tags());
        owner = next();
        uncertain = false;
        unmended |= !owner.late().isEmpty();
    }

    private void change() {
        if (random.nextInt(5) == 0) {
            // the registry has again what the owner knows
            tags.clear();
            tags.addAll(model.keySet());
            return;
        }
        int changes =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 1 + random.nextInt(3);
                    case 2 -> 4 + random.nextInt(3);
                    default -> TAGS;
                };
        for (int i = 0; i < changes; i++) {
            String tag = tag();
            if (!tags.remove(tag)) {
                tags.add(tag);
            }
        }
    }

    private void scan() {
        mend();
        look();
        if (owner.isBaseInDoubt()) {
            // it has written something behind what it does not know, and reads that back
            owner.followToTheEnd();
            for (int i = 0; i < 8 && owner.isBaseInDoubt(); i++) {
                if (!look()) {
                    return;
                }
                owner.followToTheEnd();
            }
            assertThat(owner.isBaseInDoubt())
                    .as(as("a base is in doubt for good"))
                    .isFalse();
        }
    }

    /** @return whether the list was read, and all of it written */
    private boolean look() {
        Map<String, Word> before = new TreeMap<>(model);
        Set<String> confirmed = new HashSet<>();
        Set<String> gone = new HashSet<>();
        boolean first = !owner.state().scannedBefore();
        between = () -> {
            if (random.nextInt(4) == 0) {
                String tag = tag();
                boolean there = random.nextBoolean();
                digests.put(tag, there ? digest() : "");
                owner.resolve(tag, TagCheck.Purpose.ASKED);
                history.add("between " + tag + ' ' + there);
                if (there) {
                    before.put(tag, found(before, tag));
                    confirmed.add(tag);
                    gone.remove(tag);
                } else {
                    before.remove(tag);
                    gone.add(tag);
                    confirmed.remove(tag);
                }
            }
        };
        Map<String, Word> after = new TreeMap<>();
        boolean good = perform("scan " + tags, () -> owner.scan(between), null);
        if (good) {
            tags.stream()
                    .filter(tag -> !gone.contains(tag))
                    .forEach(tag -> after.put(tag, before.getOrDefault(tag, new Word(null, first ? null : now))));
            confirmed.forEach(tag -> after.put(tag, Objects.requireNonNull(before.get(tag))));
            model = after;
            uncertain &= owner.isBaseInDoubt();
            halfErased &= owner.isBaseInDoubt();
            unmended &= owner.state().isBaseInDoubt() || !owner.late().isEmpty();
        }
        between = () -> {};
        return good;
    }

    private Word found(Map<String, Word> before, String tag) {
        Word known = before.get(tag);
        return new Word(digests.get(tag), known == null ? now : known.firstSeen());
    }

    private void resolve() {
        mend();
        String tag = tag();
        boolean there = random.nextInt(3) > 0;
        digests.put(tag, there ? digest() : "");
        Map<String, Word> after = new TreeMap<>(model);
        if (there) {
            after.put(tag, found(model, tag));
        } else {
            after.remove(tag);
        }
        perform("resolve " + tag + ' ' + there, () -> owner.resolve(tag, TagCheck.Purpose.ASKED), after);
    }

    /** Those who were paused in the middle of a batch write on. */
    private void wake() {
        paused.forEach(one -> one.wake(owner));
        history.add("woken " + paused.size());
        unmended |= !paused.isEmpty();
        paused.clear();
    }

    private void mend() {
        LateWrites late = owner.late().take();
        if (late.isEmpty()) {
            return;
        }
        if (perform("mend " + late, () -> owner.worker().restate(late), model)) {
            unmended &= owner.state().isBaseInDoubt();
        } else {
            owner.late().add(late);
        }
    }

    /** @return whether it came to its end */
    private boolean perform(String what, Runnable work, @Nullable Map<String, Word> after) {
        Ending ending = random.nextInt(5) > 1 ? Ending.NONE : ENDINGS.get(random.nextInt(ENDINGS.size()));
        owner.endAfter(random.nextInt(8), ending);
        history.add(what + ' ' + ending);
        try {
            work.run();
            owner.endAfter(0, Ending.NONE);
            model = after == null ? model : after;
            return true;
        } catch (BasesOwner.StoppedException gone) {
            if (owner.isPaused()) {
                paused.add(owner);
            }
            history.add("stopped");
            model = read(log.tags());
            assertThat(read(log.withoutPieces())).as(as("without half a base")).isEqualTo(model);
            assertThat(log.loaded(log.withoutPieces(), FEED))
                    .as(as("loaded without half a base"))
                    .isEqualTo(model);
            owner = next();
            uncertain = false;
            unmended |= !owner.late().isEmpty();
            return false;
        } catch (LogUnavailableException away) {
            history.add("unknown");
            model = BasesLog.set(owner.state());
            uncertain = true;
            return false;
        }
    }

    private void check() {
        assertThat(BasesLog.set(owner.state())).as(as("what the owner knows")).isEqualTo(model);
        if (uncertain) {
            return;
        }
        List<LogRecord> all = log.tags();
        assertThat(read(all)).as(as("what a reader takes")).isEqualTo(model);
        assertThat(log.loaded(all, FEED)).as(as("what an owner would load")).isEqualTo(model);
        if (unmended || halfErased) {
            return;
        }
        for (int i = 0; i < 3; i++) {
            List<LogRecord> compacted = log.compacted(random);
            assertThat(read(compacted))
                    .as(as("what a reader takes after compaction"))
                    .isEqualTo(model);
            assertThat(log.loaded(compacted, FEED))
                    .as(as("what an owner would load after compaction"))
                    .isEqualTo(model);
            if (random.nextInt(10) == 0) {
                log.replace(compacted);
                history.add("compacted");
            }
        }
    }

    private static Map<String, Word> read(List<LogRecord> records) {
        return LogReading.of(records).getOrDefault(FEED, Map.of());
    }

    /** Nobody names the feed any more, for a while. */
    private void forget() {
        mend();
        if (unmended || uncertain || halfErased) {
            return;
        }
        halfErased = true;
        if (perform("forget", () -> owner.worker().forgetFeed(), null)) {
            halfErased = false;
            model = Map.of();
            assertThat(read(log.tags())).as(as("what is left")).isEmpty();
            owner = next();
        } else if (uncertain) {
            owner.halfForgotten();
        }
    }

    private String as(String what) {
        return what + ", seed " + seed + ": " + String.join("; ", history);
    }

    @Override
    public Listing list(Place place, Urgency urgency, TagSink sink) {
        List<String> all = tags.stream().sorted().toList();
        all.subList(0, all.size() / 2).forEach(sink::tag);
        sink.pageEnd();
        if (breaksOff) {
            return new Failed(ScanFailure.UNREACHABLE, "gone", null);
        }
        all.subList(all.size() / 2, all.size()).forEach(sink::tag);
        return new Listing.Complete();
    }

    @Override
    public Resolution resolve(Place place, Urgency urgency, String tag) {
        String digest = digests.getOrDefault(tag, "");
        return digest.isEmpty() ? new Resolution.Gone() : new Resolution.Found(digest);
    }
}
