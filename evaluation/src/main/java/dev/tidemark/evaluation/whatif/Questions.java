package dev.tidemark.evaluation.whatif;

import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluation.history.RecordedHistory;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Target;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.cache.ResourceCache;
import dev.tidemark.flux.folder.Manifest;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies of a manifest as questions: what it does not say of their images the log does. */
final class Questions {

    private final RecordedHistory history;
    private final String file;
    private final Manifest manifest;
    private final ResourceCache resources =
            new ResourceCache(PolicySources.KINDS, PolicySources.INDEXES, Runnable::run);

    private Questions(RecordedHistory history, String file, Manifest manifest) {
        this.history = history;
        this.file = file;
        this.manifest = manifest;
        PolicySources.KINDS.forEach(kind -> resources.replace(
                kind,
                manifest.resources().stream()
                        .filter(resource -> resource.kind().equals(kind))
                        .toList()));
        resources.completed(absent -> true);
    }

    static List<Question> read(RecordedHistory history, String file, String text) {
        Manifest manifest = Manifest.read(file, text);
        String errors = manifest.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Questions::text)
                .collect(Collectors.joining("\n"));
        if (!errors.isEmpty()) {
            throw new WhatIfException(errors);
        }
        return new Questions(history, file, manifest).read();
    }

    private List<Question> read() {
        List<Question> questions = manifest.resources().stream()
                .flatMap(resource -> resource
                        .as(Kinds.IMAGE_POLICY)
                        .map(policy -> question(resource, policy(policy)))
                        .or(() -> resource.as(Kinds.RESOURCE_SET_INPUT_PROVIDER)
                                .map(provider -> question(resource, declared(resource))))
                        .stream())
                .toList();
        if (questions.isEmpty()) {
            throw new WhatIfException(
                    file + " holds no ImagePolicy and no ResourceSetInputProvider: write the one that you ask about");
        }
        return questions;
    }

    private Question question(Resource<?> resource, PolicyDeclared policy) {
        return new Question(
                policy,
                manifest.problems().stream()
                        .filter(problem -> resource.id().equals(problem.object()))
                        .map(Questions::text)
                        .toList());
    }

    /** The repository is in the manifest, too, or the log says what was declared of it. */
    private PolicyDeclared policy(Resource<ImagePolicySpec> policy) {
        if (PolicySources.of(policy, resources).repository().isPresent()) {
            return declared(policy);
        }
        Optional<PolicyDeclared> recorded = new RecordedDeclarations(history).find(target(policy));
        return recorded.map(before -> WantedPolicy.over(before, policy))
                .orElseThrow(() -> new WhatIfException(ResourceReader.title(policy.id())
                        + " was not declared then: write its ImageRepository into " + file + ", too"));
    }

    private PolicyDeclared declared(Resource<?> resource) {
        return switch (WantedPolicy.of(
                PolicySources.of(resource, resources), history.header().cluster(), CrossNamespaceRefs.ALLOWED)) {
            case WantedPolicy.Declares(PolicyDeclared policy) -> policy;
            case WantedPolicy.Kept kept ->
                throw new WhatIfException(ResourceReader.title(resource.id()) + " declares nothing: "
                        + kept.refusal().message());
            case WantedPolicy.Nothing nothing ->
                throw new WhatIfException(ResourceReader.title(resource.id())
                        + " selects no tags: ask about an ImagePolicy, or about a provider of type OCIArtifactTag");
            case WantedPolicy.Unknown unknown ->
                throw new IllegalStateException("what a manifest holds is known: " + resource.id());
        };
    }

    private Target target(Resource<?> resource) {
        return new Target(history.header().cluster(), resource.kind().name(), resource.namespace(), resource.name());
    }

    private static String text(Problem problem) {
        return Stream.of(problem.where(), problem.message()).collect(Collectors.joining(": "));
    }
}
