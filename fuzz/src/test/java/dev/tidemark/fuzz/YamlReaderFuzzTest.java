package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.go.yaml.YamlBytes;
import dev.tidemark.go.yaml.YamlDialect;
import dev.tidemark.go.yaml.YamlEvent;
import dev.tidemark.go.yaml.YamlException;
import dev.tidemark.go.yaml.YamlParser;
import dev.tidemark.go.yaml.YamlReader;

/** Any bytes as YAML: read, or refused with a line and a reason; work and places stay within the text. */
class YamlReaderFuzzTest {

    /** No production of the grammar has more events than characters, and a few for its empty values. */
    private static final int EVENTS_PER_CHARACTER = 4;

    private static final int FEW = 16;

    @FuzzTest(maxDuration = "5m")
    void bytes(byte[] input) {
        try {
            String text = YamlBytes.decode(input);
            for (YamlDialect dialect : YamlDialect.values()) {
                events(text, dialect);
                documents(text, dialect);
            }
        } catch (YamlException refused) {
            assertThat(refused.line()).isPositive();
            assertThat(refused.problem()).isNotBlank();
        }
    }

    private static void events(String text, YamlDialect dialect) {
        YamlParser parser = new YamlParser(text, dialect);
        int events = 0;
        int least = 0;
        for (YamlEvent event = parser.next(); event != null; event = parser.next()) {
            assertThat(++events).isLessThanOrEqualTo(EVENTS_PER_CHARACTER * text.length() + FEW);
            if (event instanceof YamlEvent.Scalar scalar && !scalar.value().isEmpty()) {
                assertThat(scalar.content()).isBetween(scalar.start().offset(), scalar.end());
                assertThat(scalar.end()).isBetween(least, text.length());
                least = scalar.start().offset();
            }
        }
    }

    private static void documents(String text, YamlDialect dialect) {
        try {
            YamlReader reader = new YamlReader(text, dialect);
            int documents = 0;
            while (reader.next() != null) {
                documents++;
            }
            assertThat(documents).isLessThanOrEqualTo(text.length() + FEW);
        } catch (YamlException refused) {
            assertThat(refused.line()).isPositive();
        }
    }
}
