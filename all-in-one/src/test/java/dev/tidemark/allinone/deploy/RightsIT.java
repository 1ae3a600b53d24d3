package dev.tidemark.allinone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.flux.Kinds;
import dev.tidemark.testkit.kube.ApiServer;
import dev.tidemark.testkit.kube.ClusterProgram.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Each service's account may do what the service asks for, and nothing else: asked of an API server with RBAC on. */
class RightsIT {

    private static final String[] VERBS = {
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate"
    };

    private final ApiServer cluster = ApiServer.shared();

    @ParameterizedTest
    @FieldSource("dev.tidemark.allinone.deploy.ServiceAccess#ALL")
    void theRoleHasWhatTheServiceUses(ServiceAccess access) {
        assertThat(Right.of(Manifests.of("base").one("ClusterRole", "tidemark-" + access.service())))
                .isEqualTo(access.rights());
    }

    @ParameterizedTest
    @FieldSource("dev.tidemark.allinone.deploy.ServiceAccess#ALL")
    void theAccountMayDoThatAndNothingElse(ServiceAccess access) {
        String namespace = cluster.namespace();
        install("base", namespace);
        Set<Right> allowed = new TreeSet<>(access.rights());
        if (access.service().equals("gitless-renderer")) {
            allowed.addAll(Right.of(Manifests.of("base").one("ClusterRole", "tidemark-rendered-objects")));
        }

        assertThat(allowedOf(allowed, namespace, access.service(), "default")).isEqualTo(allowed);
        assertThat(allowedOf(conceivable(), namespace, access.service(), "default"))
                .isSubsetOf(allowed);
    }

    /** Whoever has Providers with Secrets wants it, in a cluster and in one namespace. */
    @ParameterizedTest
    @CsvSource({
        "ClusterRole, alert-secrets",
        "Role, alert-secrets namespace-scoped",
        "Role, namespace-scoped alert-secrets"
    })
    void withTheComponentAllMayReadSecretsByNameAndNothingElseIsChanged(
            String kind, String components, @TempDir Path overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay, "base", components.split(" ", -1));

        assertThat(ServiceAccess.ALL).allSatisfy(access -> {
            Set<Right> rights = access.rights();
            rights.add(Right.to("get", Kinds.SECRET));
            assertThat(Right.of(manifests.one(kind, "tidemark-" + access.service())))
                    .isEqualTo(rights);
        });
        assertThat(Right.of(manifests.one(kind, "tidemark-rendered-objects")))
                .isEqualTo(Right.of(Manifests.of("base").one("ClusterRole", "tidemark-rendered-objects")));
    }

    @Test
    void allInOneMayDoWhatTheServicesMay() {
        String namespace = cluster.namespace();
        install("overlays/all-in-one", namespace);
        Set<Right> all = ServiceAccess.rightsOfAll();

        assertThat(allowedOf(all, namespace, "tidemark", "default")).isEqualTo(all);
        assertThat(allowedOf(Set.of(Right.to("list", Kinds.SECRET)), namespace, "tidemark", "default"))
                .isEmpty();
    }

    @Test
    void inOneNamespaceNothingIsAllowedOutside() {
        String namespace = cluster.namespace();
        install("examples/namespaced", namespace);
        Set<Right> all = ServiceAccess.rightsOfAll();

        assertThat(allowedOf(all, namespace, "tidemark", namespace)).isEqualTo(all);
        assertThat(allowedOf(all, namespace, "tidemark", "default")).isEmpty();
    }

    /** Whoever may write a ResourceSet in a namespace of theirs would else write in the others'. */
    @Test
    void amongTenantsASetWithoutAnAccountIsItsNamespacesOwn() {
        String namespace = cluster.namespace();
        install("examples/tenants", namespace);
        Manifests manifests = Manifests.of("examples/tenants");
        Set<Right> rendered = Right.of(manifests.one("ClusterRole", "tidemark-rendered-objects"));
        rendered.removeAll(ServiceAccess.rightsOfAll());
        assertThat(manifests.setting("all-in-one", "TIDEMARK_GITLESS_RENDERER_DEFAULT_SERVICE_ACCOUNT"))
                .isEqualTo("default");

        String tenant = cluster.namespace();
        String other = cluster.namespace();
        assertThat(allowedOf(rendered, namespace, "tidemark", other)).isEmpty();
        assertThat(allowedOf(rendered, tenant, "default", other)).isEmpty();
        cluster.kubectl(
                "create",
                "rolebinding",
                "rendered",
                "-n",
                tenant,
                "--clusterrole=tidemark-rendered-objects",
                "--serviceaccount=" + tenant + ":default");
        assertThat(allowedOf(rendered, tenant, "default", tenant)).isEqualTo(rendered);
        assertThat(allowedOf(rendered, tenant, "default", other)).isEmpty();
    }

    /** Roles, accounts and who has which, as they are for the namespace {@code tidemark}, for another. */
    private void install(String folder, String namespace) {
        Manifests manifests = Manifests.of(folder)
                .only(one -> one.group().equals("rbac.authorization.k8s.io")
                        || one.kind().equals("ServiceAccount"))
                .in(namespace);
        cluster.admin().apply(manifests.text(), "--server-side", "--force-conflicts");
    }

    /** Everything that can be done to the kinds that Tidemark knows, and what an intruder would like. */
    private static Set<Right> conceivable() {
        Stream<Right> ofKinds = Kinds.all().stream()
                .flatMap(kind -> Stream.concat(
                        Right.each(kind, VERBS),
                        Stream.of(
                                Right.toStatus("get", kind),
                                Right.toStatus("patch", kind),
                                Right.toStatus("update", kind))));
        Stream<Right> others = Stream.of(
                new Right("create", "", "pods", ""),
                new Right("create", "", "pods", "exec"),
                new Right("get", "", "configmaps", ""),
                new Right("create", "", "serviceaccounts", "token"),
                new Right("create", "apps", "deployments", ""),
                new Right("impersonate", "", "users", ""),
                new Right("impersonate", "", "groups", ""),
                new Right("escalate", "rbac.authorization.k8s.io", "clusterroles", ""),
                new Right("bind", "rbac.authorization.k8s.io", "clusterroles", ""),
                new Right("create", "rbac.authorization.k8s.io", "rolebindings", ""));
        return Stream.concat(ofKinds, others).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which of some rights the API server says that an account has in a namespace. */
    private Set<Right> allowedOf(Collection<Right> rights, String home, String account, String namespace) {
        List<Right> asked = List.copyOf(rights);
        String reviews = asked.stream().map(right -> right.review(namespace)).collect(Collectors.joining("---\n"));
        Answer answer = cluster.as(cluster.kubeconfig(home, account))
                .attempt(reviews, "create", "--validate=false", "-f", "-", "-o", "jsonpath={.status.allowed}{\"\\n\"}");
        assertThat(answer.error()).isEmpty();
        List<String> answers = answer.output().lines().toList();
        assertThat(answers).hasSameSizeAs(asked);
        Set<Right> allowed = new TreeSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (Boolean.parseBoolean(answers.get(i))) {
                allowed.add(asked.get(i));
            }
        }
        return allowed;
    }
}
