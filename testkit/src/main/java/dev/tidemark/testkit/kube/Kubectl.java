package dev.tidemark.testkit.kube;

import dev.tidemark.testkit.Tools;
import dev.tidemark.testkit.kube.ClusterProgram.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl as one user. */
public record Kubectl(ClusterProgram program) {

    static Kubectl as(Path kubeconfig) {
        return new Kubectl(new ClusterProgram(Tools.requireOfKube("kubectl"), kubeconfig));
    }

    /**
     * Runs it.
     *
     * @return what it printed
     * @throws AssertionError where it fails, with what it said
     */
    public String run(String... arguments) {
        return program.run(arguments);
    }

    /** Applies manifests, YAML or JSON, and says what kubectl said. */
    public String apply(String manifests, String... arguments) {
        List<String> all = new ArrayList<>(List.of("apply", "-f", "-"));
        all.addAll(List.of(arguments));
        String[] command = all.toArray(String[]::new);
        return program.succeed(attempt(manifests, command), command);
    }

    /** Puts manifests in the place of the objects that there are, as a client does that read, changed and writes. */
    public String replace(String manifests) {
        return program.succeed(attempt(manifests, "replace", "-f", "-"), "replace", "-f", "-");
    }

    /**
     * Runs it, however it ends.
     *
     * @param input what it reads as {@code -f -}
     */
    public Answer attempt(String input, String... arguments) {
        return program.attempt(input, arguments);
    }
}
