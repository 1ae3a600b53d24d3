package dev.tidemark.evaluation;

import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.TagPage;
import dev.tidemark.events.Base;
import dev.tidemark.events.Feed;
import dev.tidemark.events.FeedKey;
import dev.tidemark.events.TagsListed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pages of bases in their table. */
final class BasePages {

    private final Table<TagPage> table;

    /** With which tag each page of a base begins, once somebody asked. */
    private final Map<Feed, Beginnings> beginnings = new HashMap<>();

    private record Beginnings(Base base, List<String> tags) {}

    BasePages(Table<TagPage> table) {
        this.table = table;
    }

    boolean has(TagsListed page) {
        return table.get(key(page.feed(), Base.of(page), page.page())) != null;
    }

    /** @return how many tags it has */
    int put(TagsListed page) {
        TagPage packed = TagPage.of(page);
        table.put(key(page.feed(), Base.of(page), page.page()), packed);
        return packed.size();
    }

    /** Forgets a base. */
    void delete(Feed feed, @Nullable Base base) {
        for (int page = 1; base != null && page <= base.pages(); page++) {
            table.delete(key(feed, base, page));
        }
        beginnings.remove(feed);
    }

    /** What a base that is whole has of a tag; null where it does not list it. */
    TagPage.@Nullable Listed find(Feed feed, Base base, String tag) {
        Beginnings known = beginnings.get(feed);
        if (known == null || !known.base().equals(base)) {
            List<String> tags = new ArrayList<>();
            for (int page = 1; page <= base.pages(); page++) {
                tags.add(page(feed, base, page).first());
            }
            known = new Beginnings(base, tags);
            beginnings.put(feed, known);
        }
        int at = Collections.binarySearch(known.tags(), tag);
        int page = at >= 0 ? at + 1 : -at - 1;
        return page == 0 ? null : page(feed, base, page).find(tag);
    }

    /** Shows the tags of a base in their order. */
    void forEach(Feed feed, Base base, Consumer<String> visitor) {
        for (int page = 1; page <= base.pages(); page++) {
            forEach(feed, base, page, visitor);
        }
    }

    /** Shows the tags of one of its pages. */
    void forEach(Feed feed, Base base, int page, Consumer<String> visitor) {
        page(feed, base, page).forEach(visitor);
    }

    private TagPage page(Feed feed, Base base, int page) {
        TagPage found = table.get(key(feed, base, page));
        if (found == null) {
            throw new IllegalStateException("a base in force has all its pages: " + key(feed, base, page));
        }
        return found;
    }

    private static String key(Feed feed, Base base, int page) {
        return new FeedKey.OfPage(feed, base.generation(), page).text();
    }
}
