package dev.tidemark.watcher.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.domain.ResourceFilter;
import dev.tidemark.watcher.domain.ResourceFilter.Language.Outcome;
import dev.tidemark.watcher.domain.ResourceFilter.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelFiltersTest {

    private static final CelFilters FILTERS = new CelFilters();

    private static Verdict test(String expression) {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("tag", "1.2.3");
        request.put("size", 7L);
        request.put("share", 1.5);
        request.put("digest", null);
        request.put("tags", List.of("a", "b"));
        Map<String, ?> resource = Map.of("metadata", Map.of("name", "web", "labels", Map.of("app", "web")));
        return switch (FILTERS.compile(expression)) {
            case Outcome.Compiled(ResourceFilter filter) -> filter.test(request, resource);
            case Outcome.Invalid(String why) -> throw new AssertionError(why);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "req.tag.startsWith('1.')",
                "req.size > 6 && req.size + 1 == 8",
                "req.share > 1",
                "req.digest == null",
                "has(req.digest) && !has(req.nope)",
                "req.tags.exists(t, t == 'b')",
                "res.metadata.labels.app == res.metadata.name",
                "req.tag.split('.').last().value() == '3' && req.tags.first().value() == 'a'",
                "req.tag.upperAscii() == '1.2.3'",
                "req.?nope.orValue('x') == 'x'",
                "req.tag.matches('^[0-9.]+$')"
            })
    void wants(String expression) {
        assertThat(test(expression)).isInstanceOf(Verdict.Wanted.class);
    }

    @Test
    void doesNotWant() {
        assertThat(test("req.tag == 'other'")).isInstanceOf(Verdict.Unwanted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"req.nope == 'x'", "req.tag", "req.size / 0 == 1", "req.tags[5] == 'a'", "req.tag > 5"})
    void cannotTell(String expression) {
        assertThat(test(expression)).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void aValueOfTheSenderIsNotRepeatedInTheReason() {
        assertThat(test("req.tag"))
                .isEqualTo(new Verdict.Failed("the result is a text: write a condition, true or false"));
    }

    @Test
    void norIsItAsAPartOfTheRuntimesMessage() {
        assertThat(test("res[req.tag] == 'x'")).isEqualTo(new Verdict.Failed("ATTRIBUTE_NOT_FOUND"));
    }

    @Test
    void worksForALimitedTimeOnly() {
        Map<String, @Nullable Object> request = Map.of("many", Collections.nCopies(200, 1L));
        String expression = "req.many.all(a, req.many.all(b, req.many.all(c, a == c)))";
        assertThat(FILTERS.compile(expression)).isInstanceOfSatisfying(Outcome.Compiled.class, compiled -> assertThat(
                        compiled.filter().test(request, Map.of()))
                .isInstanceOfSatisfying(Verdict.Failed.class, failed -> assertThat(failed.why())
                        .isEqualTo("ITERATION_BUDGET_EXCEEDED")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"req.tag ==", "claims.sub == 'x'", "'text'", "1 + 1"})
    void isNoCondition(String expression) {
        assertThat(FILTERS.compile(expression)).isInstanceOf(Outcome.Invalid.class);
    }
}
