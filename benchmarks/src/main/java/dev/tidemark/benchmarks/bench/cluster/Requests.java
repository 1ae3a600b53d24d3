package dev.tidemark.benchmarks.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Tidemark asked an API server for, by the server's audit log.
 *
 * @param counts by verb and resource, {@code patch imagepolicies/status}
 */
public record Requests(Map<String, Long> counts) {

    private static final Set<String> READING = Set.of("get", "list", "watch");
    private static final Pattern VERB = Pattern.compile("\"verb\":\"(\\w+)\"");
    private static final Pattern RESOURCE = Pattern.compile("\"objectRef\":\\{\"resource\":\"(\\w+)\"");
    private static final Pattern PART = Pattern.compile("\"subresource\":\"(\\w+)\"");

    static Requests read(Path audit) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (Stream<String> lines = Files.lines(audit)) {
            lines.forEach(line -> {
                String part = first(PART, line);
                counts.merge(
                        first(VERB, line) + ' ' + first(RESOURCE, line) + (part.isEmpty() ? "" : '/' + part),
                        1L,
                        Long::sum);
            });
        }
        return new Requests(counts);
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    public Requests minus(Requests before) {
        Map<String, Long> left = new TreeMap<>(counts);
        before.counts.forEach((what, count) -> left.merge(what, -count, Long::sum));
        left.values().removeIf(count -> count == 0);
        return new Requests(left);
    }

    public long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that change something. */
    public long writes() {
        return counts.entrySet().stream()
                .filter(one -> !READING.contains(one.getKey().split(" ", -1)[0]))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
