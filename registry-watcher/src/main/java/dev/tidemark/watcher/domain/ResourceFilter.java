package dev.tidemark.watcher.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition that a Receiver puts on what it wakes: {@code resourceFilter}, {@code filter} (flux-git-based 18.4). */
@FunctionalInterface
public interface ResourceFilter {

    /**
     * @param request what the sender says: a JSON object of maps, lists, text, {@link Long}, {@link Double}, {@link
     *     Boolean} and null; empty where nothing is said
     * @param resource the resource without spec and status, in the same form
     */
    Verdict test(Map<String, @Nullable Object> request, Map<String, ?> resource);

    /** What a condition says about one resource. */
    sealed interface Verdict {
        record Wanted() implements Verdict {}

        record Unwanted() implements Verdict {}

        /** It cannot be told: a missing member, a value that is no boolean, too much work. */
        record Failed(String why) implements Verdict {}
    }

    /** The language that conditions are written in. */
    @FunctionalInterface
    interface Language {
        Outcome compile(String expression);

        /** What an expression comes to. */
        sealed interface Outcome {
            record Compiled(ResourceFilter filter) implements Outcome {}

            /** @param why names the place and what is expected there */
            record Invalid(String why) implements Outcome {}
        }
    }
}
