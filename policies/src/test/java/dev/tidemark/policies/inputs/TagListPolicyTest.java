package dev.tidemark.policies.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.PolicyRule;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.Utf8Order;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagListPolicyTest {

    static List<Long> seeds() {
        return IntStream.range(0, 100).mapToObj(i -> 1_000_003L * i + 5).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneTagAtATimeEqualsAFullPass(long seed) {
        Random random = new Random(seed);
        TagListPolicy policy = compiled(
                random.nextBoolean() ? "*-0" : null, random.nextBoolean() ? "^[v0-9]" : null, 1 + random.nextInt(6));
        NavigableSet<String> tags = new TreeSet<>(Utf8Order.ASCENDING);
        List<String> selected = policy.select(tags);
        for (int move = 0; move < 60; move++) {
            String tag = List.of("v%d.%d.0", "%d.%d.0", "%d.0.0-rc.%d", "main-%d%d")
                    .get(random.nextInt(4))
                    .formatted(random.nextInt(3), random.nextInt(4));
            TagListPolicy.Step step;
            if (random.nextInt(3) == 0) {
                step = policy.remove(selected, tag);
                tags.remove(tag);
            } else {
                step = policy.add(selected, tag);
                tags.add(tag);
            }

            List<String> fromScratch = policy.select(tags);
            selected = switch (step) {
                case TagListPolicy.Step.Unchanged unchanged -> selected;
                case TagListPolicy.Step.Changed(List<String> changed) -> changed;
                case TagListPolicy.Step.FullPassRequired required -> fromScratch;
            };

            assertThat(selected)
                    .as("seed %d, move %d, tags %s", seed, move, tags)
                    .isEqualTo(fromScratch);
        }
    }

    @Test
    void changesTheRevisionWithTheListAndOnlyWithIt() {
        ExportedInputs inputs = exported(Map.of("b", 1, "a", List.of("x", Map.of())), "1.0.0", "0.9.0");

        assertThat(exported(Map.of("a", List.of("x", Map.of()), "b", 1), "1.0.0", "0.9.0"))
                .isEqualTo(inputs);
        assertThat(exported(Map.of("a", List.of("x", Map.of()), "b", 1), "0.9.0", "1.0.0")
                        .revision())
                .isNotEqualTo(inputs.revision());
        assertThat(exported(Map.of("b", "1", "a", List.of("x", Map.of())), "1.0.0", "0.9.0")
                        .revision())
                .isNotEqualTo(inputs.revision());
        assertThat(ExportedInputs.of(List.of()).revision())
                .isEqualTo("sha256:37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foo", "6.0.4", "v1.1.20", "v1.10.2"})
    void idsAreAdler32InDecimal(String text) {
        Map<String, String> known =
                Map.of("", "1", "foo", "42074437", "6.0.4", "48955639", "v1.1.20", "120521111", "v1.10.2", "120521111");

        assertThat(InputId.of(text)).isEqualTo(known.get(text));
    }

    private static ExportedInputs exported(Map<String, Object> defaults, String... tags) {
        return ExportedInputs.ofTags(List.of(tags), tag -> "sha256:" + tag, defaults);
    }

    private static TagListPolicy compiled(@Nullable String semver, @Nullable String includeTag, int limit) {
        PolicyRule.TagList filter = new PolicyRule.TagList(includeTag, null, semver, limit, Map.of());
        return switch (TagListPolicy.compile(filter)) {
            case Parsed.Value<TagListPolicy>(TagListPolicy policy) -> policy;
            case Parsed.Malformed<TagListPolicy>(String message) -> throw new AssertionError(message);
        };
    }
}
