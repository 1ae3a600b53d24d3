package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names in keys: what is read back is what was written, and nothing can pose as something else. */
class IdentitiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/o/a#", "ghcr.io/o/a#apps/s;sa=bot", "localhost:5000/a#apps/;insecure"})
    void readsAFeedBack(String text) {
        assertThat(Feed.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/o/a", "#apps/s", "ghcr.io/o/a#b#c", "ghcr.io/o/a#b|c", "ghcr.io/o|a#b"})
    void refusesWhatIsNoFeed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Feed.parse(text)).withMessageContaining("'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nginx", "/nginx", "a/b c", "a/b#c", "a/b|c", "a/b@sha256:0", "a/b\n"})
    void refusesWhatIsNoImage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageName(text))
                .withMessageContaining("registry/path");
    }

    @Test
    void anImageHasABoundedLength() {
        String longest = "r.io/" + "a".repeat(ImageName.MAX_LENGTH - 5);
        assertThat(new ImageName(longest).repository()).hasSize(ImageName.MAX_LENGTH - 5);
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageName(longest + 'a'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local/ImagePolicy/apps", "local/ImagePolicy/apps/a/b", "//apps/a", "local/Kind/a|b/c", ""})
    void refusesWhatIsNoTarget(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(text));
    }

    @Test
    void readsABranchBackWhateverGitAllowsInItsName() {
        Branch branch = Branch.parse("git.example/org/fleet#feature/#12|a");
        assertThat(branch.name()).isEqualTo("feature/#12|a");
        assertThat(Branch.parse(branch.text())).isEqualTo(branch);
        assertThatIllegalArgumentException().isThrownBy(() -> Branch.parse("git.example/org/fleet"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Branch("git.example/org/fleet", ""));
    }

    @Test
    void everyTopicHasADeadLetterTopicOfItsOwn() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::deadLetterName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.endsWith(".dead-letter"))
                .noneMatch(name -> Topic.named(name).isPresent());
    }

    @Test
    void everyTypeHasOneRecordAndOneWireName() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::wireName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("dev\\.tidemark\\.[a-z-]+\\.v[0-9]+"));
        assertThat(Arrays.stream(EventType.values()).map(EventType::dataClass))
                .containsExactlyInAnyOrderElementsOf(
                        records(Event.class).distinct().toList());
    }

    /** Families have members of their own; an event may belong to two. */
    private static Stream<Class<? extends Event>> records(Class<? extends Event> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .map(type -> type.asSubclass(Event.class))
                .flatMap(type -> type.isRecord() ? Stream.of(type) : records(type));
    }
}
