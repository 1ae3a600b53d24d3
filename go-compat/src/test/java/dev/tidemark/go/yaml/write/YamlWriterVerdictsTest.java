package dev.tidemark.go.yaml.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.go.verdicts.GoVerdicts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Generated inputs as sigs.k8s.io/yaml writes them, see {@code src/test/go/inputs}. */
class YamlWriterVerdictsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesWhatGoWrites() throws IOException {
        List<String> different = new ArrayList<>();
        for (List<String> verdict : GoVerdicts.read("inputs.txt")) {
            String actual = YamlWriter.render(
                    JSON.readValue(verdict.getFirst(), new TypeReference<List<Map<String, Object>>>() {}));
            if (!actual.equals(verdict.getLast())) {
                different.add("Go: " + verdict + "\n    here: " + actual);
            }
        }
        assertThat(different).isEmpty();
    }
}
