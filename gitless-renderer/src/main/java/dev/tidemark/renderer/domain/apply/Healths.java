package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.health.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How several objects stand together. */
sealed interface Healths {

    /** A message that names more is not read. */
    int MAX_NAMED = 5;

    record AllCurrent() implements Healths {}

    record SomeInProgress(String message) implements Healths {}

    record SomeFailed(String message) implements Healths {}

    /** One that failed decides, since waiting for the others does not help. */
    static Healths of(Map<ObjectId, Health> objects) {
        List<String> failed = new ArrayList<>();
        List<String> inProgress = new ArrayList<>();
        objects.forEach((id, health) -> {
            switch (health) {
                case Health.Current current -> {}
                case Health.InProgress(String words) -> inProgress.add(id + ": " + words);
                case Health.Failed(String words) -> failed.add(id + ": " + words);
            }
        });
        if (!failed.isEmpty()) {
            return new SomeFailed("not healthy: " + text(failed));
        }
        return inProgress.isEmpty() ? new AllCurrent() : new SomeInProgress("waiting for " + text(inProgress));
    }

    private static String text(List<String> all) {
        String named = String.join("; ", all.subList(0, Math.min(all.size(), MAX_NAMED)));
        return all.size() <= MAX_NAMED ? named : named + "; and " + (all.size() - MAX_NAMED) + " more";
    }
}
