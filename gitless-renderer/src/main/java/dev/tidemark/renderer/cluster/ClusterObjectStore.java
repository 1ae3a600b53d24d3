package dev.tidemark.renderer.cluster;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.flux.cluster.Cluster;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.apply.SetTerms;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Rendered objects in a cluster, by server-side apply (flux-gitless 2.8), as the service account that a ResourceSet names.
 */
public final class ClusterObjectStore implements ObjectStore {

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

    /** By the connections that the resources come by. */
    public static ClusterObjectStore in(Cluster cluster, String defaultServiceAccount, Clock clock) {
        return new ClusterObjectStore(cluster.client(), defaultServiceAccount, clock);
    }

    @Override
    public ObjectAccess on(SetTerms terms) {
        String account = terms.serviceAccount().isEmpty() ? defaultServiceAccount : terms.serviceAccount();
        return as(new Account(terms.owner().namespace(), account), terms.forced());
    }

    @Override
    public Optional<ObjectAccess> ownView() {
        return Optional.of(as(Account.OWN, false));
    }

    private ObjectAccess as(Account account, boolean forced) {
        KubernetesClient as = client.newClient(config(account)).adapt(KubernetesClient.class);
        return new ClusterObjects(as, kinds, account, forced);
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
    public String leftOut(ResourceSetSpec spec) {
        return "";
    }
}
