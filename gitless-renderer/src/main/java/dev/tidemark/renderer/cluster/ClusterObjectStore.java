package dev.tidemark.renderer.cluster;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.apply.SetTerms;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Clock;
import java.time.Duration;

/**
 * Rendered objects in a cluster, by server-side apply (flux-gitless 2.8), as the service account that a ResourceSet names.
 */
public final class ClusterObjectStore implements ObjectStore, AutoCloseable {

    /** An effect has leave for about a second; one that takes longer than this belongs to nobody who could tell. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final ServedKinds kinds;
    private final String defaultServiceAccount;

    /** @param defaultServiceAccount of a ResourceSet's namespace, for those that name none; empty for the client's own */
    public ClusterObjectStore(KubernetesClient client, String defaultServiceAccount, Clock clock) {
        this.client = client;
        this.kinds = new ServedKinds(client, clock);
        this.defaultServiceAccount = defaultServiceAccount;
    }

    /** With the kubeconfig, or the account of the Pod, that the environment gives. */
    public static ClusterObjectStore connect(String defaultServiceAccount, Clock clock) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.autoConfigure(null))
                .build();
        return new ClusterObjectStore(client, defaultServiceAccount, clock);
    }

    @Override
    public ObjectAccess on(SetTerms terms) {
        String account = terms.serviceAccount().isEmpty() ? defaultServiceAccount : terms.serviceAccount();
        var acting = new Account(terms.owner().namespace(), account);
        KubernetesClient as = client.newClient(config(acting)).adapt(KubernetesClient.class);
        return new ClusterObjects(as, kinds, acting, terms.forced());
    }

    /** The run itself tries again, with leave that is asked for anew. */
    private static RequestConfig config(Account account) {
        var config = new RequestConfigBuilder()
                .withRequestTimeout(Math.toIntExact(REQUEST_TIMEOUT.toMillis()))
                .withRequestRetryBackoffLimit(0);
        if (account.isImpersonated()) {
            // the API server adds a service account's groups; to name them needs the right to act as any group
            config.withImpersonateUsername(account.user());
        }
        return config.build();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String leftOut(ResourceSetSpec spec) {
        return spec.dependsOn() == null || spec.dependsOn().isEmpty()
                ? ""
                : "not served by this version, so left out: dependsOn";
    }
}
