package dev.tidemark.benchmarks.bench.result;

import dev.tidemark.go.json.JsonException;
import dev.tidemark.go.json.JsonReader;
import dev.tidemark.go.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run as JSON. Median, minimum and p90 are in it for people and other programs; reading takes the values. */
public final class FindingsFile {

    private FindingsFile() {}

    public static void write(Path file, Findings findings) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, json(findings) + "\n");
    }

    /** @throws IOException with the file's name, if it cannot be read or is something else */
    public static Findings read(Path file) throws IOException {
        try {
            return findings(
                    JsonReader.whole(Files.readAllBytes(file), JsonReader.Numbers.PLAIN, JsonReader.Bound.NONE));
        } catch (JsonException e) {
            throw new IOException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a result of './tidemark bench': " + e.getMessage(), e);
        }
    }

    static String json(Findings findings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("environment", new TreeMap<>(findings.environment()));
        document.put(
                "cases", findings.outcomes().stream().map(FindingsFile::json).toList());
        return JsonWriter.indented(document);
    }

    private static Map<String, Object> json(Outcome outcome) {
        return Map.of(
                "name", outcome.name(),
                "about", outcome.about(),
                "size", outcome.size(),
                "failure", outcome.failure(),
                "others", outcome.others(),
                "measures", outcome.measures().stream().map(FindingsFile::json).toList());
    }

    private static Map<String, Object> json(Measure measure) {
        Sample sample = measure.sample();
        return Map.of(
                "name", measure.name(),
                "unit", measure.unit(),
                "n", sample.n(),
                "median", sample.median(),
                "min", sample.min(),
                "p90", sample.p90(),
                "values", sample.values());
    }

    private static Findings findings(@Nullable Object document) {
        Map<String, String> environment = new TreeMap<>();
        object(member(document, "environment")).forEach((name, value) -> environment.put(name, text(value)));
        return new Findings(
                environment,
                elements(member(document, "cases")).stream()
                        .map(FindingsFile::outcome)
                        .toList());
    }

    private static Outcome outcome(@Nullable Object json) {
        return new Outcome(
                text(member(json, "name")),
                text(member(json, "about")),
                text(member(json, "size")),
                elements(member(json, "measures")).stream()
                        .map(measure -> new Measure(
                                text(member(measure, "name")),
                                text(member(measure, "unit")),
                                new Sample(elements(member(measure, "values")).stream()
                                        .map(FindingsFile::number)
                                        .toList())))
                        .toList(),
                text(member(json, "failure")),
                number(member(json, "others")));
    }

    private static @Nullable Object member(@Nullable Object json, String name) {
        return object(json).get(name);
    }

    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("an object is missing");
        }
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static List<?> elements(@Nullable Object json) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("a list is missing");
    }

    private static String text(@Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a text is missing");
    }

    private static double number(@Nullable Object json) {
        if (json instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("a number is missing");
    }
}
