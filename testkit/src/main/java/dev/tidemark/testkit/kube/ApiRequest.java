package dev.tidemark.testkit.kube;

import java.time.Instant;
import java.util.Set;

/**
 * A request that an API server was sent.
 *
 * @param user for an account {@code system:serviceaccount:NAMESPACE:NAME}
 * @param verb as RBAC names it
 * @param resource its plural name, with the subresource behind a slash
 * @param name empty where it is not of one object
 * @param at when it arrived
 */
public record ApiRequest(String user, String verb, String resource, String namespace, String name, Instant at) {

    private static final Set<String> WRITING = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Whether it changes something. */
    public boolean isWrite() {
        return WRITING.contains(verb);
    }
}
