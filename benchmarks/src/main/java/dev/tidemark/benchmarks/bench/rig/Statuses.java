package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Tidemark says of its objects: the files that {@code ./tidemark get} reads. */
public record Statuses(Rig rig) {

    private static final Pattern TAG = Pattern.compile("latestRef:[^}]*?\\btag: \"?([^\\s\",}]+)", Pattern.DOTALL);

    /** The tag that a policy selects; empty while there is none. */
    public String selected(String policy) throws IOException {
        return selected(Apps.NAMESPACE, policy);
    }

    String selected(String namespace, String policy) throws IOException {
        try {
            Path file =
                    rig.state().resolve("status/ImagePolicy").resolve(namespace).resolve(policy + ".yaml");
            Matcher tag = TAG.matcher(Files.readString(file));
            return tag.find() ? tag.group(1) : "";
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    /** When every policy selected this tag, by {@link System#nanoTime}. One file is read for each look. */
    public long awaitSelected(Apps apps, String tag, Duration limit) throws IOException, InterruptedException {
        int[] next = {0};
        return rig.await("every policy to select " + tag, limit, () -> {
            while (next[0] < apps.count() && selected(apps.name(next[0])).equals(tag)) {
                next[0]++;
            }
            return next[0] == apps.count();
        });
    }
}
