package dev.tidemark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.Choice.Circumstances;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Table;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred tags are too young at once. */
class WaitingTagsTest {

    private static final Feed FEED = Feed.parse("ghcr.io/my-org/my-app#");
    private static final String AGE = "tidemark.dev/minimum-age";
    private static final String STABLE = "tidemark.dev/require-digest-stable";

    private final Counted tags = new Counted();
    private final TagStore store = new TagStore(tables(tags));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    static Stream<Map<String, String>> annotations() {
        return Stream.of(
                Map.of(AGE, "2h"),
                Map.of(AGE, "major=3h,minor=90m,patch=1h"),
                Map.of(STABLE, "1h"),
                Map.of(AGE, "1h", STABLE, "2h", "tidemark.dev/allow-downgrade", "always"));
    }

    /** Who is asked tag by tag comes to what one does who reads the list anew. */
    @ParameterizedTest
    @MethodSource("annotations")
    void whoWaitsIsRememberedAsAFullPassFindsHim(Map<String, String> annotations) {
        store.save(FEED, store.state(FEED).taken());
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            PolicyDeclared policy = policy(seed % 2 == 0 ? ">=0.0.0" : "0.x", annotations);
            Choice choice = Choice.of(policy, store);
            PolicyState state = PolicyState.NONE;
            for (int step = 0; step < 400; step++) {
                now = now.plus(Duration.ofSeconds(random.nextInt(240)));
                change(choice, random);
                Circumstances circumstances = new Circumstances(now, Optional.empty());

                PolicyResult result = choice.evaluate(state, circumstances);

                assertThat(result)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(Choice.of(policy, store).evaluate(state, circumstances));
                state = result.selection().equals(state.selection())
                        ? state.checking(result.check().orElse(null))
                        : state.selecting("app", result.selection(), step, now);
            }
        }
    }

    private void change(Choice choice, Random random) {
        String tag = random.nextInt(2) + "." + random.nextInt(4) + "." + random.nextInt(25);
        Optional<KnownTag> before = store.find(FEED, tag);
        String digest = random.nextBoolean() ? "sha256:" + "abc".charAt(random.nextInt(3)) : null;
        KnownTag found = KnownTag.seen(digest, now, now);
        if (before.isEmpty()) {
            store.put(FEED, tag, found);
            choice.added(tag);
        } else if (random.nextInt(4) == 0) {
            store.remove(FEED, tag, KnownTag.NOWHERE);
            choice.removed(tag);
        } else {
            store.put(FEED, tag, found.asOldAs(before.get()));
            choice.changed(tag);
        }
    }

    @Test
    void oneMoreTagCostsAsMuchWhereHundredsWait() {
        store.save(FEED, store.state(FEED).taken());
        Choice choice = Choice.of(policy(">=0.0.0", Map.of(AGE, "24h")), store);
        store.put(FEED, "0.0.1", KnownTag.seen(null, now, null));
        for (int version = 1; version <= 900; version++) {
            push(choice, version);
        }
        tags.asked = 0;

        PolicyResult result = push(choice, 901);

        assertThat(result.remarks()).hasSize(20).first().satisfies(first -> assertThat(first.tag())
                .isEqualTo("1.0.901"));
        assertThat(tags.asked).isLessThan(50);
    }

    private PolicyResult push(Choice choice, int version) {
        String tag = "1.0." + version;
        now = now.plusSeconds(10);
        store.put(FEED, tag, KnownTag.seen(null, now, now));
        choice.added(tag);
        return choice.evaluate(PolicyState.NONE, new Circumstances(now, Optional.empty()));
    }

    private static PolicyDeclared policy(String range, Map<String, String> annotations) {
        return new PolicyDeclared(
                FEED.image(),
                new Target("local", "ImagePolicy", "apps", "app"),
                FEED,
                "app",
                new PolicyRule.Semver(range),
                TagFilter.NONE,
                "Never",
                List.of(),
                annotations,
                "uid",
                "1",
                1,
                false);
    }

    private static Tables tables(Table<KnownTag> tags) {
        Tables empty = HeapTable.tables();
        return new Tables(
                tags,
                empty.pages(),
                empty.pending(),
                empty.feeds(),
                empty.declared(),
                empty.states(),
                empty.wanted(),
                empty.wakeups(),
                empty.deferred(),
                empty.controls(),
                empty.owners(),
                empty.tenures(),
                empty.positions());
    }

    /** Counts how often somebody asks for a tag. */
    private static final class Counted implements Table<KnownTag> {

        private final Table<KnownTag> table = HeapTable.tables().tags();
        private int asked;

        @Override
        public @Nullable KnownTag get(String key) {
            asked++;
            return table.get(key);
        }

        @Override
        public void put(String key, KnownTag value) {
            table.put(key, value);
        }

        @Override
        public @Nullable KnownTag delete(String key) {
            return table.delete(key);
        }

        @Override
        public void forEach(String prefix, BiConsumer<String, KnownTag> visitor) {
            table.forEach(prefix, visitor);
        }

        @Override
        public void forSome(String prefix, String after, int limit, BiConsumer<String, KnownTag> visitor) {
            table.forSome(prefix, after, limit, visitor);
        }
    }
}
