package dev.tidemark.events;

import org.jspecify.annotations.Nullable;

/**
 * Which base of a feed is in force, and which one is arriving page by page: the same for all who read the log. Half a base
 * never counts.
 *
 * @param arrived how many pages of the arriving one are there
 */
public record BaseProgress(@Nullable Base inForce, @Nullable Base arriving, int arrived) {

    public static final BaseProgress NONE = new BaseProgress(null, null, 0);

    /** What a page means. */
    public sealed interface Step {

        /** It is of a base that has been overtaken, or was here before. */
        record Ignored() implements Step {}

        /**
         * It is to be kept.
         *
         * @param abandoned a base that will never be whole: its pages are not needed any more
         */
        record Arrived(BaseProgress now, @Nullable Base abandoned) implements Step {}

        /**
         * It is the last one that was missing.
         *
         * @param abandoned as above; it had a page at least
         * @param replaced the one that was in force before
         */
        record InForce(
                BaseProgress now,
                Base base,
                @Nullable Base abandoned,
                @Nullable Base replaced) implements Step {}
    }

    /**
     * Takes a page of an owner whose word counts.
     *
     * @param isKept whether this very page is kept already
     */
    public Step take(TagsListed page, boolean isKept) {
        Base base = Base.of(page);
        Base abandoned = null;
        int count = 1;
        if (isOvertaken(base, inForce) || (arriving != null && base.generation().precedes(arriving.generation()))) {
            return new Step.Ignored();
        }
        if (arriving != null && arriving.generation().equals(base.generation())) {
            if (isKept || !arriving.equals(base)) {
                return new Step.Ignored();
            }
            count = arrived + 1;
        } else {
            abandoned = arriving;
        }
        return count < base.pages()
                ? new Step.Arrived(new BaseProgress(inForce, base, count), abandoned)
                : new Step.InForce(new BaseProgress(base, null, 0), base, abandoned, inForce);
    }

    private static boolean isOvertaken(Base base, @Nullable Base by) {
        return by != null && !by.generation().precedes(base.generation());
    }

    /** Whether news that stand on a base stand on the one in force: else a page of that one was lost on the way here. */
    public boolean isOf(@Nullable ScanOrder base) {
        return base == null || (inForce != null && !inForce.generation().precedes(base));
    }
}
