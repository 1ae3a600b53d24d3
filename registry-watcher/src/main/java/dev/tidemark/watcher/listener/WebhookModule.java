package dev.tidemark.watcher.listener;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.source.RunRequests;
import dev.tidemark.runtime.quarkus.TidemarkConfig;
import dev.tidemark.watcher.cel.CelFilters;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.hook.WebhookHandler;
import dev.tidemark.watcher.oidc.GoogleIdTokens;
import dev.tidemark.watcher.reconcile.WatcherResources;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Gives what answers webhooks to the framework. */
@Singleton
public class WebhookModule {

    @Produces
    @Singleton
    Receivers receivers(Clock clock) {
        return new Receivers(new CelFilters(), GoogleIdTokens.withKeysAt(GoogleIdTokens.KEYS, clock));
    }

    @Produces
    @Singleton
    WebhookHandler handler(Receivers receivers, WatcherResources resources, TidemarkConfig shared) {
        return new WebhookHandler(receivers, resources.declared(), CrossNamespaceRefs.of(shared.crossNamespaceRefs()));
    }

    @Produces
    @Singleton
    HookRoute.RequestIds requestIds() {
        return () -> UUID.randomUUID().toString();
    }

    @Produces
    @Singleton
    HookRoute.Requests requests(RunRequests runs, Clock clock) {
        return asked -> asked.forEach(id -> runs.annotate(
                id, Map.of(ReconcileAnnotations.REQUESTED_AT, clock.instant().toString())));
    }

    @Produces
    @Singleton
    WebhookLimits limits(WebhookConfig config) {
        long budget = config.bodyBudget()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / WebhookConfig.BODIES_SHARE_OF_HEAP);
        return new WebhookLimits(budget, config.bodyTimeout(), config.requestsAtOnce());
    }
}
