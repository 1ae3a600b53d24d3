package dev.tidemark.watcher.oci;

import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.budget.Ceiling;
import dev.tidemark.watcher.domain.budget.Pace;
import dev.tidemark.watcher.domain.budget.RequestBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The budgets of all hosts, one for each credential. */
final class HostBudgets {

    /**
     * It counts all requests of an address, "thousands a minute", whatever the login. Ten a second leave most of them to
     * the nodes, which pull from the same address.
     */
    private static final double DOCKER_HUB = 10;

    private final Ceiling ceiling;
    private final Scheduler scheduler;
    private final RequestListener listener;
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, HostRequests> budgets = new ConcurrentHashMap<>();

    /** @param pace what it gets from all credentials together; null for no such limit */
    private record Host(Lock lock, @Nullable Pace pace) {}

    /** @param hosts requests a second to one host, by whatever spelling of it */
    HostBudgets(Ceiling ceiling, Map<String, Double> hosts, Scheduler scheduler, RequestListener listener) {
        this.ceiling = ceiling;
        this.scheduler = scheduler;
        this.listener = listener;
        Map<String, Double> limits = new HashMap<>(Map.of(RegistryHost.DOCKER_HUB, DOCKER_HUB));
        hosts.forEach((host, perSecond) -> {
            Ceiling.checkRate("tidemark.registry-watcher.host-requests-per-second.\"" + host + '"', perSecond);
            limits.put(RegistryHost.canonical(host), perSecond);
        });
        limits.forEach((host, perSecond) ->
                this.hosts.put(host, new Host(new ReentrantLock(), new Pace(perSecond, System.nanoTime()))));
    }

    /** A new one makes room of those that are as good as new: hosts and credentials come and go. */
    HostRequests of(Endpoint endpoint, String profile) {
        String host = RegistryHost.canonical(endpoint.authority());
        String key = host + '#' + profile;
        HostRequests known = budgets.get(key);
        if (known != null) {
            return known;
        }
        budgets.values().removeIf(HostRequests::isIdle);
        return budgets.computeIfAbsent(key, fresh -> {
            Host shared = hosts.getOrDefault(host, new Host(new ReentrantLock(), null));
            RequestBudget budget = new RequestBudget(ceiling, shared.pace(), System.nanoTime());
            return new HostRequests(budget, shared.lock(), scheduler, System::nanoTime, host, listener);
        });
    }
}
