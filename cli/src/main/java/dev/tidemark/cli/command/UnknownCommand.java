package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.policies.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A word that is no command here: one of kubectl's or flux's has an answer, of others the nearest one is named. */
@Command(hidden = true)
final class UnknownCommand implements Callable<Integer> {

    private static final String DECLARED =
            "objects are changed where they are declared: edit the manifest in the folder of"
                    + " './tidemark up', or use 'kubectl WORD' in a cluster";
    private static final String INSTALLED = "in a cluster 'kubectl apply -k' of an overlay in deploy/ does that"
            + " (docs/kubernetes.md), without one './tidemark up'";
    private static final String PODS = "that is kubectl's own: 'kubectl WORD -n tidemark' for Tidemark's pods";
    private static final String CLUSTER = "that is kubectl's own: 'kubectl WORD'";
    private static final String ARTIFACTS = "that is flux's own: use 'flux WORD'";

    private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

    static {
        for (String word :
                List.of("apply", "create", "edit", "patch", "delete", "replace", "label", "annotate", "set")) {
            ANSWERS.put(word, DECLARED);
        }
        for (String word : List.of("bootstrap", "install", "migrate")) {
            ANSWERS.put(word, INSTALLED);
        }
        for (String word :
                List.of("exec", "port-forward", "attach", "cp", "rollout", "scale", "run", "proxy", "auth")) {
            ANSWERS.put(word, PODS);
        }
        for (String word : List.of("config", "cluster-info", "api-resources", "api-versions", "debug", "plugin")) {
            ANSWERS.put(word, CLUSTER);
        }
        for (String word : List.of("build", "pull", "list", "tag", "envsubst")) {
            ANSWERS.put(word, ARTIFACTS);
        }
        ANSWERS.put("top", "'./tidemark status' says what the services do, /q/metrics what they take");
        ANSWERS.put("stats", "'./tidemark status' counts what is ready, waiting and failing");
        ANSWERS.put(
                "diff", "'./tidemark what-if -f FILE' says what a policy would have selected that you have changed");
        ANSWERS.put(
                "tree",
                "'./tidemark get kustomization -l resourceset.fluxcd.io/name=NAME -A' shows what a ResourceSet has made");
        ANSWERS.put(
                "trace",
                "'./tidemark explain commit SHA' leads from a commit to its events, './tidemark explain imagepolicy NAME'"
                        + " from a tag to the decision");
        ANSWERS.put(
                "wait",
                "'./tidemark reconcile KIND NAME' waits for the answer; in a cluster 'kubectl wait' works, too");
        ANSWERS.put("start", "'./tidemark up' starts the services");
        ANSWERS.put(
                "stop",
                "Ctrl-C ends './tidemark up'; './tidemark halt' stops all updates, './tidemark suspend' those of"
                        + " one object");
    }

    private final String word;
    private final Collection<String> commands;

    @Unmatched
    private List<String> unused = new ArrayList<>();

    /** @param commands those that there are */
    UnknownCommand(String word, Collection<String> commands) {
        this.word = word;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        String answer = ANSWERS.get(word);
        if (answer != null) {
            throw new UserError("there is no './tidemark " + word + "': " + answer.replace("WORD", word) + ".");
        }
        throw new UserError("there is no command '" + word + "': "
                + Spelling.nearest(word, commands)
                        .map(near -> "did you mean './tidemark " + near + "'?")
                        .orElse("'./tidemark --help' shows those there are."));
    }
}
