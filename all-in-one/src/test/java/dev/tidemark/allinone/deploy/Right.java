package dev.tidemark.allinone.deploy;

import dev.tidemark.allinone.deploy.Manifests.Manifest;
import dev.tidemark.flux.Kind;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that an account may do.
 *
 * @param group empty for the core group
 * @param subresource empty for the object itself
 */
record Right(String verb, String group, String resource, String subresource) implements Comparable<Right> {

    static Right to(String verb, Kind<?> kind) {
        return new Right(verb, kind.group(), kind.plural(), "");
    }

    static Right toStatus(String verb, Kind<?> kind) {
        return new Right(verb, kind.group(), kind.plural(), "status");
    }

    /** What a Role or ClusterRole gives. */
    static Set<Right> of(Manifest role) {
        return Manifests.list(role.at("rules")).stream()
                .map(Manifests::map)
                .flatMap(rule -> Manifests.list(rule.get("verbs")).stream()
                        .flatMap(verb -> Manifests.list(rule.get("apiGroups")).stream()
                                .flatMap(group -> Manifests.list(rule.get("resources")).stream()
                                        .map(resource -> of(verb, group, resource)))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Right of(Object verb, Object group, Object resource) {
        String[] parts = resource.toString().split("/", 2);
        return new Right(verb.toString(), group.toString(), parts[0], parts.length == 2 ? parts[1] : "");
    }

    static Stream<Right> each(Kind<?> kind, String... verbs) {
        return Stream.of(verbs).map(verb -> to(verb, kind));
    }

    /** The question whether the asker has it. */
    String review(String namespace) {
        return """
                apiVersion: authorization.k8s.io/v1
                kind: SelfSubjectAccessReview
                spec:
                  resourceAttributes: {namespace: "%s", verb: "%s", group: "%s", resource: "%s", subresource: "%s"}
                """.formatted(namespace, verb, group, resource, subresource);
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return verb
                + ' '
                + resource
                + (subresource.isEmpty() ? "" : '/' + subresource)
                + (group.isEmpty() ? "" : '.' + group);
    }
}
