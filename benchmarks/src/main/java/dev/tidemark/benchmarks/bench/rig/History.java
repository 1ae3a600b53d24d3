package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the log says of commits, asked as {@code ./tidemark explain commit} does. */
public final class History implements AutoCloseable {

    private static final Pattern MANAGEMENT = Pattern.compile("\"management\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern STEP =
            Pattern.compile("\\{\"stage\":\"(NOTIFIED|DISCOVERED|SELECTED|PUSHED)\",\"at\":\"([^\"]+)\"}");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI commits;

    private History(URI commits) {
        this.commits = commits;
    }

    /** @param pushed when the committer said so, after the remote had */
    public record Steps(Instant notified, Instant discovered, Instant selected, Instant pushed) {}

    /** Of the Tidemark that runs on this rig. */
    static History of(Rig rig) throws IOException {
        Matcher management = MANAGEMENT.matcher(Files.readString(rig.state().resolve("endpoints.json")));
        if (!management.find()) {
            throw new IOException("endpoints.json names no management address");
        }
        return new History(URI.create(management.group(1)).resolve("/policy-evaluator/commits/"));
    }

    /** Empty where the log does not say all of it, and where it cannot be asked. */
    public Optional<Steps> of(String commit) throws IOException, InterruptedException {
        String answer = http.send(
                        HttpRequest.newBuilder(commits.resolve(commit)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Instant[] at = new Instant[4];
        int found = 0;
        for (Matcher step = STEP.matcher(answer); found < at.length && step.find(); found++) {
            at[found] = Instant.parse(step.group(2));
        }
        return found == at.length ? Optional.of(new Steps(at[0], at[1], at[2], at[3])) : Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }
}
