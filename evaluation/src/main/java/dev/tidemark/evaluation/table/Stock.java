package dev.tidemark.evaluation.table;

import dev.tidemark.events.Base;
import dev.tidemark.events.BaseProgress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a feed's bases beside their pages.
 *
 * @param bases which one is in force, and which one arrives
 * @param through the offset up to which news are in the one in force, or up to which all was forgotten
 * @param tags how many the one in force has
 * @param arriving how many there are already of the one that arrives
 * @param since when the one in force came: of a digest that only it names nothing older is known
 * @param overtaken what scans have said up to this one is in the base, see {@link FeedState#ended}
 * @param isBehind whether news stand on a newer base than the one in force, of which a page was lost
 * @param tidied up to which tag that is forgotten which the base says, too; null when all of it is
 */
public record Stock(
        BaseProgress bases,
        long through,
        int tags,
        int arriving,
        @Nullable Instant since,
        int overtaken,
        boolean isBehind,
        @Nullable String tidied) {

    public static final Stock NONE = new Stock(BaseProgress.NONE, KnownTag.NOWHERE, 0, 0, null, -1, false, null);

    /** Of a feed that the log has forgotten with the record there. */
    static Stock forgotten(long offset, int ended) {
        return new Stock(BaseProgress.NONE, offset, 0, 0, null, ended, false, "");
    }

    /** Whether what is kept of a tag is newer than the base, or than what was forgotten. */
    public boolean isNews(KnownTag tag) {
        return tag.offset() > through || through == KnownTag.NOWHERE;
    }

    /** A page has come of a base that is not whole yet. */
    Stock arrived(BaseProgress now, int pageTags) {
        int known = now.arrived() == 1 ? 0 : arriving;
        return new Stock(now, through, tags, known + pageTags, since, overtaken, isBehind, tidied);
    }

    /** The last page of a base has come. */
    Stock inForce(BaseProgress now, int pageTags, Instant at, int ended) {
        Base base = Objects.requireNonNull(now.inForce());
        int known = base.pages() == 1 ? 0 : arriving;
        return new Stock(now, base.through(), known + pageTags, 0, at, ended, false, "");
    }

    public Stock behind() {
        return new Stock(bases, through, tags, arriving, since, overtaken, true, tidied);
    }

    public Stock tidiedUpTo(@Nullable String tag) {
        return new Stock(bases, through, tags, arriving, since, overtaken, isBehind, tag);
    }
}
