package dev.tidemark.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's authorizer, which remembers what it was asked. The broker makes it, so what it knows is of this JVM. */
public final class RecordingAuthorizer extends StandardAuthorizer {

    private static final Queue<Asked> ASKED = new ConcurrentLinkedQueue<>();

    /**
     * One question whose denial somebody is told; those that only leave something out of a list are not kept.
     *
     * @param principal {@code User:NAME}
     */
    public record Asked(String principal, ResourcePattern resource, AclOperation operation, boolean allowed) {}

    @Override
    public void configure(Map<String, ?> configs) {
        ASKED.clear();
        super.configure(configs);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = Objects.requireNonNull(actions.get(i));
            if (action.logIfDenied()) {
                ASKED.add(new Asked(
                        context.principal().toString(),
                        action.resourcePattern(),
                        action.operation(),
                        results.get(i) == AuthorizationResult.ALLOWED));
            }
        }
        return results;
    }

    /** All since the broker of this JVM was made. */
    static List<Asked> asked() {
        return new ArrayList<>(ASKED);
    }
}
