package dev.tidemark.benchmarks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTagsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void pagesGiveEveryTagOnceAndInOrder(int size) {
        ImageTags tags = ImageTags.first(12);
        List<String> more = List.of("1.1.0", "1.0.10-rc", "0.9.0", "1.0.5-a", "1.0.5-b");
        more.forEach(tags::add);

        List<String> read = new ArrayList<>();
        for (List<String> page = tags.after("", size); !page.isEmpty(); page = tags.after(read.getLast(), size)) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            read.addAll(page);
        }

        assertThat(read)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ImageTags.first(12).after("", 12).stream(), more.stream())
                                .toList());
        assertThat(read).allMatch(tags::contains);
        assertThat(tags.contains("1.0.12")).isFalse();
    }
}
