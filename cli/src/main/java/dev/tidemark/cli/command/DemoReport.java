package dev.tidemark.cli.command;

import dev.tidemark.demo.Effects.Landed;
import dev.tidemark.demo.Effects.Rendered;
import dev.tidemark.demo.Fleet;
import dev.tidemark.demo.Pusher;
import dev.tidemark.demo.Scenario;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.json.Struct;
import java.nio.file.Path;

/** What a push caused, in words and as JSON. */
final class DemoReport {

    private static final int SHORT_ID = 7;

    private final Pusher.Outcome outcome;
    private final Path repository;

    DemoReport(Pusher.Outcome outcome, Path repository) {
        this.outcome = outcome;
        this.repository = repository;
    }

    /** For people. */
    String words() {
        StringBuilder out = new StringBuilder();
        out.append("Pushed ").append(outcome.image()).append("\n\n");
        outcome.commit()
                .ifPresentOrElse(landed -> commit(landed, out), () -> out.append("Git-based: no commit came.\n"));
        out.append('\n');
        outcome.rendered()
                .ifPresentOrElse(
                        landed -> rendered(landed, out),
                        () -> out.append("Gitless: the Kustomization did not change.\n"));
        return out.toString();
    }

    private void commit(Landed<Fleet.Commit> landed, StringBuilder out) {
        Fleet.Commit commit = landed.what();
        out.append("Git-based: committed ").append(millis(landed)).append(" ms after the push\n");
        out.append("  branch   ").append(commit.branch()).append('\n');
        out.append("  commit   ")
                .append(commit.id(), 0, SHORT_ID)
                .append(" by ")
                .append(commit.author())
                .append('\n');
        out.append("  message  ").append(commit.message()).append('\n');
        out.append("  diff     ").append(commit.file()).append('\n');
        commit.diff().forEach(line -> out.append("    ").append(line).append('\n'));
    }

    private void rendered(Landed<Rendered> landed, StringBuilder out) {
        out.append("Gitless: rendered ").append(millis(landed)).append(" ms after the push, without Git\n");
        out.append("  Kustomization ").append(name()).append('\n');
        out.append("    postBuild:\n      substitute:\n        APP_IMAGE_TAG: ")
                .append(landed.what().tag())
                .append('\n');
        out.append("  file     ").append(landed.what().file()).append('\n');
    }

    /** For programs; only of a complete outcome. */
    String json() {
        Landed<Fleet.Commit> commit = outcome.commit().orElseThrow();
        Landed<Rendered> rendered = outcome.rendered().orElseThrow();
        Struct git = new Struct();
        git.put("repository", repository.toString());
        git.put("branch", commit.what().branch());
        git.put("commit", commit.what().id());
        git.put("message", commit.what().message());
        git.put("image", commit.what().image());
        Struct gitless = new Struct();
        gitless.put("kustomization", name());
        gitless.put("appImageTag", rendered.what().tag());
        gitless.put("file", rendered.what().file().toString());
        Struct latency = new Struct();
        latency.put("pushToCommitMillis", millis(commit));
        latency.put("pushToKustomizationMillis", millis(rendered));
        Struct all = new Struct();
        all.put("gitBased", git);
        all.put("gitless", gitless);
        all.put("latency", latency);
        all.put("version", Version.text());
        return JsonWriter.indented(all);
    }

    private long millis(Landed<?> landed) {
        return landed.millisSince(outcome.acknowledgedAt());
    }

    private static String name() {
        return Scenario.NAMESPACE + '/' + Scenario.APP;
    }
}
