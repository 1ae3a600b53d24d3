package dev.tidemark.cli.output;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether GitRepositories can be cloned. Nobody looks at one by itself: the automations that write to it say so. */
public final class Clones {

    private static final String GIT_FAILED = "GitOperationFailed";

    private static final String UPDATE_FAILED = "failed to update source: ";

    private static final List<String> CONDITIONS = List.of("status", "conditions");

    private final Map<ResourceId, List<Tree>> automations = new LinkedHashMap<>();

    /** @param objects of any kinds, all automations among them */
    public Clones(List<Tree> objects) {
        for (Tree object : objects) {
            if (object.kind().equals(Kinds.IMAGE_UPDATE_AUTOMATION.name())) {
                automations
                        .computeIfAbsent(repository(object), _ -> new ArrayList<>())
                        .add(object);
            }
        }
    }

    private static ResourceId repository(Tree automation) {
        String namespace = automation.text("spec", "sourceRef", "namespace");
        return new ResourceId(
                Kinds.GIT_REPOSITORY.name(),
                namespace.isEmpty() ? automation.namespace() : namespace,
                automation.text("spec", "sourceRef", "name"));
    }

    /** Why a repository cannot be cloned or written to; empty where nobody says so. */
    public Optional<String> trouble(ResourceId repository) {
        return users(repository).stream()
                .filter(automation -> isOfTheRepository(ObjectHealth.ready(automation)))
                .map(automation -> "see " + title(automation) + " (" + GIT_FAILED + ')')
                .findFirst();
    }

    /** A repository with its condition Ready, as its users know it where no controller of Flux's says it. */
    public Tree shown(Tree repository) {
        if (!repository.kind().equals(Kinds.GIT_REPOSITORY.name())
                || !ObjectHealth.ready(repository).members().isEmpty()) {
            return repository;
        }
        Optional<String> trouble = trouble(repository.id());
        if (trouble.isPresent()) {
            return repository.with(CONDITIONS, ready("False", trouble.get()));
        }
        List<Tree> users = users(repository.id());
        @Nullable
        Tree content = users.stream()
                .filter(user -> ObjectHealth.ready(user).text("status").equals("True"))
                .findFirst()
                .orElse(null);
        if (content != null) {
            return repository.with(CONDITIONS, ready("True", "cloned by " + title(content)));
        }
        return repository.with(
                CONDITIONS,
                ready(
                        "Unknown",
                        users.isEmpty()
                                ? "no ImageUpdateAutomation uses it"
                                : "not cloned yet by " + title(users.getFirst())));
    }

    private List<Tree> users(ResourceId repository) {
        return automations.getOrDefault(repository, List.of());
    }

    private static List<Map<String, String>> ready(String status, String message) {
        return List.of(Map.of("type", "Ready", "status", status, "message", message));
    }

    private static String title(Tree automation) {
        return automation.kind() + ' ' + automation.namespace() + '/' + automation.name();
    }

    /** Flux has one reason for all that happens between checkout and push; what is made in between is the automation's own. */
    private static boolean isOfTheRepository(Tree ready) {
        String message = ready.text("message");
        return ready.text("reason").equals(GIT_FAILED)
                && (!message.startsWith(UPDATE_FAILED) || message.startsWith(UPDATE_FAILED + "failed to push"));
    }
}
