package dev.tidemark.evaluation;

import dev.tidemark.events.Event;
import dev.tidemark.events.Event.Scope;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.Keys;
import dev.tidemark.events.Scan;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.events.TagsListed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A partition of {@code tag-discovered} as one owner after the other writes it, with what is true: of a feed, by tag the digest,
 * empty where none is known.
 */
final class StockLog {

    static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");

    /** Pages of a few tags have all that pages of a thousand have. */
    private static final int PAGE = 3;

    private final Random random;
    private final List<Entry> entries = new ArrayList<>();

    /** What the owner knows, and what counts: what a scan says of a tag does when the scan has ended. */
    private TreeMap<String, String> owned = new TreeMap<>();

    private TreeMap<String, String> inEffect = new TreeMap<>();
    private boolean pending;
    private long epoch;
    private long number;
    private @Nullable ScanOrder base;
    private boolean complete;

    /** Where a key was last written by somebody whose word counts; where pages are. */
    private final Map<String, Long> written = new HashMap<>();

    /** What pages of news say that no base says yet. */
    private final Set<String> toldInPages = new HashSet<>();

    /** @param event null for a tombstone of the key */
    record Entry(long offset, String key, @Nullable Event event, long epoch) {}

    StockLog(Random random) {
        this.random = random;
        claim();
    }

    List<Entry> entries() {
        return entries;
    }

    Map<String, String> inEffect() {
        return inEffect;
    }

    /** Whether anything can be decided. */
    boolean isComplete() {
        return complete;
    }

    /** Whether a scan has said what does not count yet. */
    boolean isPending() {
        return pending;
    }

    /** What is left when the newest record of each key is kept, and the older tombstones are gone. */
    List<Entry> compacted(int upTo, boolean tombstones) {
        Map<String, Long> newest = new HashMap<>();
        entries.subList(0, upTo).forEach(entry -> newest.put(entry.key(), entry.offset()));
        List<Entry> left = new ArrayList<>();
        for (Entry entry : entries) {
            boolean stays = entry.offset() >= upTo
                    || (Long.valueOf(entry.offset()).equals(newest.get(entry.key()))
                            && (entry.event() != null || tombstones));
            if (stays) {
                left.add(entry);
            }
        }
        return left;
    }

    /** Somebody owns the partition now, and knows what the log says. */
    private void claim() {
        epoch = entries.size();
        number = 0;
        append(new Event.PartitionClaimed(0, "owner", "claim-" + epoch), epoch);
    }

    void step() {
        switch (random.nextInt(9)) {
            case 0 -> claim();
            case 1, 2 -> found();
            case 3 -> gone();
            case 4, 5 -> scan();
            case 6 -> base(TagsListed.Origin.FOLD);
            case 7 -> late();
            default -> base(TagsListed.Origin.SCAN);
        }
    }

    private String tag() {
        return random.nextInt(2) + "." + random.nextInt(4) + "." + random.nextInt(3);
    }

    private String digest() {
        return "sha256:" + String.valueOf(random.nextInt(9) + 1).repeat(64);
    }

    private Scan newScan() {
        number++;
        return new Scan("scan-" + epoch + "-" + number, SlicesTest.NOON, epoch, number);
    }

    private void found() {
        String tag = tag();
        String digest = digest();
        append(new Event.TagDiscovered(FEED, tag, digest, newScan(), Scope.TAG, null, base), epoch);
        owned.put(tag, digest);
        inEffect.put(tag, digest);
    }

    private void gone() {
        String tag = tag();
        if (owned.remove(tag) != null) {
            append(new Event.TagRemoved(FEED, tag, newScan(), Scope.TAG, base), epoch);
            inEffect.remove(tag);
        }
    }

    /** A list that differs in a few tags, told one by one or in pages; its owner may be gone before it says that this was all. */
    private void scan() {
        if (!complete) {
            base(TagsListed.Origin.SCAN);
            return;
        }
        TreeSet<String> added = new TreeSet<>();
        TreeSet<String> removed = new TreeSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String tag = tag();
            TreeSet<String> unused = owned.containsKey(tag) ? removed : added;
            unused.add(tag);
        }
        Scan scan = newScan();
        List<Event> facts = new ArrayList<>();
        if (random.nextBoolean()) {
            added.forEach(tag -> facts.add(new Event.TagDiscovered(FEED, tag, null, scan, Scope.SCAN, null, base)));
            removed.forEach(tag -> facts.add(new Event.TagRemoved(FEED, tag, scan, Scope.SCAN, base)));
        } else {
            facts.add(new TagsChanged(FEED, scan, 1, 2, base, List.copyOf(added), List.of(), null));
            facts.add(new TagsChanged(FEED, scan, 2, 2, base, List.of(), List.copyOf(removed), null));
        }
        boolean cut = random.nextInt(5) == 0;
        for (Event fact : cut ? facts.subList(0, random.nextInt(facts.size() + 1)) : facts) {
            append(fact, epoch);
            switch (fact) {
                case Event.TagDiscovered found -> owned.put(found.tag(), "");
                case Event.TagRemoved gone -> owned.remove(gone.tag());
                case TagsChanged page -> {
                    page.added().forEach(tag -> owned.put(tag, ""));
                    page.removed().forEach(owned::remove);
                    toldInPages.addAll(page.added());
                    toldInPages.addAll(page.removed());
                }
                default -> throw new IllegalStateException("no fact of a scan");
            }
            pending = true;
        }
        if (cut) {
            claim();
        } else {
            append(new Event.ScanCompleted(FEED, scan, owned.size(), added.size(), removed.size(), "checksum"), epoch);
            allCounts();
        }
    }

    /** A list names no digests: the one that is known stays, of a tag that went and came in between, too. */
    private void allCounts() {
        TreeMap<String, String> before = inEffect;
        inEffect = new TreeMap<>(owned);
        inEffect.replaceAll((tag, digest) -> digest.isEmpty() ? before.getOrDefault(tag, "") : digest);
        pending = false;
    }

    /** Where the owner has read up to is where it is, or behind that. */
    private void base(TagsListed.Origin origin) {
        if (origin == TagsListed.Origin.FOLD && !complete) {
            return;
        }
        long through = Math.max(epoch, entries.size() - 1 - random.nextInt(4));
        TreeMap<String, String> content = new TreeMap<>(owned);
        if (origin == TagsListed.Origin.SCAN) {
            for (int i = random.nextInt(4); i > 0; i--) {
                String tag = tag();
                if (content.remove(tag) == null) {
                    content.put(tag, "");
                }
            }
            if (content.equals(owned) || through < entries.size() - 1) {
                // news behind what was read lie on top: a list that says otherwise is not written over them
                content = new TreeMap<>(owned);
            }
        }
        Scan scan = newScan();
        List<TagsListed> pages = pages(content, scan, through, origin);
        boolean cut = random.nextInt(4) == 0;
        pages.subList(0, cut ? random.nextInt(pages.size()) : pages.size()).forEach(page -> append(page, epoch));
        if (cut) {
            claim();
            return;
        }
        owned = content;
        base = scan.order();
        complete = true;
        toldInPages.clear();
        allCounts();
        forgetFolded(through);
        if (random.nextInt(3) == 0) {
            claim();
        }
    }

    private static List<TagsListed> pages(
            SortedMap<String, String> content, Scan scan, long through, TagsListed.Origin origin) {
        List<String> tags = List.copyOf(content.keySet());
        int count = Math.max(1, (tags.size() + PAGE - 1) / PAGE);
        List<TagsListed> pages = new ArrayList<>();
        for (int page = 1; page <= count; page++) {
            List<String> some = tags.subList((page - 1) * PAGE, Math.min(tags.size(), page * PAGE));
            Map<String, String> digests = new TreeMap<>(content);
            digests.keySet().retainAll(some);
            digests.values().removeIf(String::isEmpty);
            pages.add(new TagsListed(FEED, scan, page, count, through, origin, some, digests, Map.of()));
        }
        return pages;
    }

    /** Tombstones for older pages and for folded news; some of them where the owner is killed. */
    private void forgetFolded(long through) {
        for (Map.Entry<String, Long> key : Map.copyOf(written).entrySet()) {
            boolean isNeedless =
                    switch (FeedKey.parse(key.getKey()).orElse(new FeedKey.Whole(FEED))) {
                        case FeedKey.OfPage page -> !page.generation().equals(base);
                        case FeedKey.OfTag tag -> key.getValue() <= through;
                        case FeedKey.OfNews news -> key.getValue() <= through;
                        case FeedKey.Whole whole -> false;
                    };
            if (isNeedless && random.nextInt(8) > 0) {
                tombstone(key.getKey(), epoch);
            }
        }
    }

    /** Somebody who does not own the partition any more writes on. */
    private void late() {
        if (epoch == 0) {
            return;
        }
        long past = random.nextLong(epoch);
        Scan scan = new Scan("late", SlicesTest.NOON, past, 1_000L);
        String tag = tag();
        switch (random.nextInt(4)) {
            case 0 -> append(new Event.TagDiscovered(FEED, tag, digest(), scan, Scope.TAG, null, base), past);
            case 1 -> append(new Event.TagRemoved(FEED, tag, scan, Scope.TAG, base), past);
            case 2 ->
                append(
                        new TagsListed(
                                FEED,
                                scan,
                                1,
                                1,
                                entries.size() - 1L,
                                TagsListed.Origin.SCAN,
                                List.of(tag),
                                Map.of(),
                                Map.of()),
                        past);
            default -> tombstone(Keys.tag(FEED, tag), past);
        }
        restate(tag, scan);
    }

    /** The owner says again behind it what is true, so that compaction ends right, too. */
    private void restate(String tag, Scan late) {
        FeedKey page = new FeedKey.OfPage(FEED, late.order(), 1);
        if (entries.getLast().key().equals(page.text())) {
            tombstone(page.text(), epoch);
        } else if (!written.containsKey(Keys.tag(FEED, tag)) && !toldInPages.contains(tag)) {
            tombstone(Keys.tag(FEED, tag), epoch);
        } else if (owned.containsKey(tag)) {
            String digest = owned.get(tag);
            append(
                    new Event.TagDiscovered(
                            FEED, tag, digest.isEmpty() ? null : digest, newScan(), Scope.TAG, null, base),
                    epoch);
            inEffect.put(tag, digest);
        } else {
            append(new Event.TagRemoved(FEED, tag, newScan(), Scope.SCAN, base), epoch);
            pending = true;
            if (complete) {
                append(new Event.ScanCompleted(FEED, newScan(), owned.size(), 0, 1, "checksum"), epoch);
                allCounts();
            }
        }
    }

    private void append(Event event, long by) {
        Entry entry = new Entry(entries.size(), Keys.of(event), event, by);
        entries.add(entry);
        if (by == epoch && !(event instanceof Event.PartitionClaimed)) {
            written.put(entry.key(), entry.offset());
        }
    }

    private void tombstone(String key, long by) {
        entries.add(new Entry(entries.size(), key, null, by));
        if (by == epoch) {
            written.remove(key);
        }
    }

    static Instant at(Entry entry) {
        return SlicesTest.NOON.plusSeconds(entry.offset());
    }

    /** For whoever looks into a failure. */
    @Override
    public String toString() {
        return text(entries);
    }

    static String text(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.offset())
                .append(' ')
                .append(entry.key().replace(FEED.text(), ""))
                .append(' ')
                .append(
                        switch (entry.event()) {
                            case TagsListed page ->
                                "listed " + page.tags() + " of " + page.pages() + " through " + page.through() + ' '
                                        + page.origin();
                            case TagsChanged page -> "added " + page.added() + ", removed " + page.removed();
                            case Event.TagDiscovered found -> "found " + found.scope();
                            case Event.TagRemoved gone -> "removed " + gone.scope();
                            case null -> "tombstone";
                            default -> entry.event().getClass().getSimpleName();
                        })
                .append(" by ")
                .append(entry.epoch())
                .append('\n'));
        return text.toString();
    }
}
