package dev.tidemark.testkit;

import dev.tidemark.testkit.RecordingAuthorizer.Asked;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.SecurityUtils;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Tells which rights nobody used: without one of them Kafka's authorizer would have allowed the same. */
public final class NeedlessRights {

    private NeedlessRights() {}

    /** Those of the given ones that can be taken away, each for itself, without anything of what was asked being denied. */
    public static List<AclBinding> among(List<AclBinding> given, Collection<Asked> asked) {
        List<AclBinding> needless = new ArrayList<>();
        for (AclBinding one : given) {
            List<AclBinding> others =
                    given.stream().filter(other -> !other.equals(one)).toList();
            if (allows(others, asked)) {
                needless.add(one);
            }
        }
        return needless;
    }

    private static boolean allows(List<AclBinding> rights, Collection<Asked> asked) {
        var authorizer = new StandardAuthorizer();
        authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
        authorizer.configure(Map.of());
        authorizer.completeInitialLoad();
        rights.forEach(right -> authorizer.addAcl(Uuid.randomUuid(), StandardAcl.fromAclBinding(right)));
        return asked.stream().filter(Asked::allowed).distinct().allMatch(one -> authorizer
                .authorize(
                        new From(SecurityUtils.parseKafkaPrincipal(one.principal())),
                        List.of(new Action(one.operation(), one.resource(), 1, false, false)))
                .getFirst()
                .equals(AuthorizationResult.ALLOWED));
    }

    private record From(KafkaPrincipal principal) implements AuthorizableRequestContext {

        @Override
        public String listenerName() {
            return "CLIENTS";
        }

        @Override
        public SecurityProtocol securityProtocol() {
            return SecurityProtocol.SASL_SSL;
        }

        @Override
        public InetAddress clientAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int requestType() {
            return 0;
        }

        @Override
        public int requestVersion() {
            return 0;
        }

        @Override
        public String clientId() {
            return "";
        }

        @Override
        public int correlationId() {
            return 0;
        }
    }
}
