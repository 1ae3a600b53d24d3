package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Teams with a namespace, a repository, an automation and an app each. */
public record Fleets(int count, int files) {

    private static final String TOKEN = "a-token-of-the-benchmark";

    /** What a team's app begins with. */
    private static final String FIRST = "1.0.0";

    private static String namespace(int team) {
        return "team-" + team;
    }

    private static String app(int team) {
        return "app-" + team;
    }

    /** Makes the repositories, and declares everything; returns what happens on each branch. */
    public List<Branch> declare(Rig rig) throws IOException, InterruptedException {
        Files.createDirectories(rig.manifests());
        List<Branch> branches = new ArrayList<>();
        for (int team = 0; team < count; team++) {
            rig.load().image(app(team), 1);
            String name = "fleet-" + team;
            String deployment = AppManifests.deployment(app(team), rig.load().registry(), FIRST)
                    .replace("\"apps:", '"' + namespace(team) + ':');
            branches.add(rig.watch(Repository.create(
                    rig.folder().resolve("git").resolve(name + ".git"),
                    Map.of("app.yaml", deployment),
                    new Repository.Others(files - 1, 1))));
            Files.writeString(
                    rig.manifests().resolve(name + ".yaml"),
                    String.join(
                                    "---\n",
                                    AppManifests.common(TOKEN, rig.load().git())
                                            .replace("/fleet.git", '/' + name + ".git"),
                                    AppManifests.automation(0, "."),
                                    AppManifests.image(app(team), rig.load().registry()))
                            .replace("namespace: apps", "namespace: " + namespace(team)));
        }
        return branches;
    }

    /** Pushes a tag of each app; returns a webhook for each. */
    public List<Load.Webhook> push(Rig rig, Tidemark tidemark, String tag) {
        List<Load.Webhook> webhooks = new ArrayList<>();
        for (int team = 0; team < count; team++) {
            rig.load().push(app(team), tag);
            webhooks.add(new Load.Webhook(
                    tidemark.webhooks().resolve(Apps.hook(TOKEN, app(team), namespace(team))),
                    AppManifests.webhook(app(team), tag)));
        }
        return webhooks;
    }

    /** Waits until every policy has chosen what there was in the beginning. */
    public void awaitChosen(Rig rig) throws IOException, InterruptedException {
        for (int team = 0; team < count; team++) {
            int asked = team;
            var unused = rig.await(app(team) + " to be chosen", Limits.EFFECT, () -> rig.statuses()
                    .selected(namespace(asked), app(asked))
                    .equals(FIRST));
        }
    }
}
