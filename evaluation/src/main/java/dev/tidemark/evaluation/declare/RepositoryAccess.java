package dev.tidemark.evaluation.declare;

import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.NamespaceContent;
import dev.tidemark.flux.Resource;
import java.util.Map;
import java.util.Optional;

/** Whether policies of a namespace may use a repository of another one (flux-git-based 7). */
final class RepositoryAccess {

    private RepositoryAccess() {}

    /**
     * Flux's words for why not, empty when access is granted.
     *
     * @param declared the namespace, where it is declared
     */
    static Optional<String> denial(
            String namespace, Resource<ImageRepositorySpec> repository, Optional<Resource<NamespaceContent>> declared) {
        if (repository.namespace().equals(namespace)) {
            return Optional.empty();
        }
        String name = "'" + repository.namespace() + "/" + repository.name() + "'";
        ImageRepositorySpec.AccessFrom access = repository.spec().accessFrom();
        if (access == null) {
            return Optional.of(name + " can't be accessed due to missing ACL labels on 'accessFrom'");
        }
        Map<String, String> labels = declared.map(found -> found.metadata().labels())
                .orElse(Map.of("kubernetes.io/metadata.name", namespace));
        boolean granted = access.namespaceSelectors().stream()
                .map(selector -> selector.matchLabels() == null ? Map.<String, String>of() : selector.matchLabels())
                .anyMatch(wanted -> labels.entrySet().containsAll(wanted.entrySet()));
        return granted
                ? Optional.empty()
                : Optional.of(name + " can't be accessed due to ACL labels mismatch on namespace '" + namespace + "'");
    }
}
