package dev.tidemark.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

class VectorSourceTest {

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> VectorSource.open("unheard-of"))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("vectors/unheard-of.json");
    }
}
