package dev.tidemark.go.verdicts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Verdicts that Go programs recorded about inputs that they generated: {@code src/test/go/NAME} wrote
 * {@code src/test/resources/go/FILE}, one verdict a line, its fields as JSON texts between tabs.
 */
public final class GoVerdicts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoVerdicts() {}

    public static List<List<String>> read(String file) {
        List<List<String>> verdicts = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(GoVerdicts.class.getResourceAsStream("/go/" + file), file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> fields = new ArrayList<>();
                for (String field : line.split("\t", -1)) {
                    fields.add(JSON.readValue(field, String.class));
                }
                verdicts.add(List.copyOf(fields));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return verdicts;
    }
}
