package dev.tidemark.evaluation.whatif;

import static dev.tidemark.evaluation.replay.Past.FEED;
import static dev.tidemark.evaluation.replay.Past.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.history.HistoryRecord;
import dev.tidemark.evaluation.history.RangeFile;
import dev.tidemark.evaluation.replay.Past;
import dev.tidemark.events.SelectedTag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** A past, and questions about it. */
abstract class Asking {

    final Past past = new Past(4);
    Instant since = NOON;

    @TempDir
    private Path folder;

    /** At noon 1.0.0 is selected; 1.1.0 comes at one, 2.0.0 at two, 1.2.0 at three; asked at four. */
    void happen() {
        past.write(past.policy(FEED, "app", ">=1.0.0", Map.of()));
        past.listed(FEED, "1.0.0");
        past.pass(Duration.ofHours(30));
        since = past.now();
        push(1, "1.1.0");
        push(1, "2.0.0");
        push(1, "1.2.0");
        past.pass(Duration.ofHours(1));
    }

    void push(int hours, String tag) {
        past.pass(Duration.ofHours(hours));
        past.pushed(FEED, tag);
    }

    List<WhatIf.Result> ask(String manifest) {
        return ask(manifest, records -> records);
    }

    List<WhatIf.Result> ask(String manifest, UnaryOperator<List<HistoryRecord>> alteration) {
        try (RangeFile range = past.export(folder, since, alteration)) {
            return WhatIf.of(range, "policy.yaml", manifest);
        }
    }

    static WhatIf.Result only(List<WhatIf.Result> results) {
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    /** When, what would have been selected, what was, and why. */
    List<String> said(WhatIf.Result result) {
        return result.moments().stream()
                .map(moment -> hours(moment.at()) + ' ' + tags(moment.wouldSelect()) + " | " + tags(moment.recorded())
                        + ' ' + moment.reason() + (moment.same() ? "" : " differs"))
                .toList();
    }

    String hours(Instant at) {
        double hours = Math.round(Duration.between(since, at).toSeconds() / 36.0) / 100.0;
        return "+" + (hours == Math.rint(hours) ? String.valueOf((long) hours) : String.valueOf(hours)) + "h";
    }

    static String tags(List<SelectedTag> tags) {
        return String.join(",", tags.stream().map(SelectedTag::tag).toList());
    }

    static String policy(String range, String annotation) {
        return policy(range, annotation, "");
    }

    static String policy(String range, String annotation, String more) {
        return """
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImagePolicy
                metadata: {name: app, namespace: apps, annotations: {%s}}
                spec:
                  imageRepositoryRef: {name: app}
                  policy: {semver: {range: "%s"}}
                """.formatted(annotation, range) + more;
    }

    static String repository(String image) {
        return """
                ---
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                metadata: {name: app, namespace: apps}
                spec: {image: %s, interval: 5m}
                """.formatted(image);
    }
}
