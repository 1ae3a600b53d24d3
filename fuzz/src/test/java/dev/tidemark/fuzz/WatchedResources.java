package dev.tidemark.fuzz;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import dev.tidemark.watcher.hook.Receivers;
import dev.tidemark.watcher.hook.WebhookHandler;
import dev.tidemark.watcher.reconcile.WatcherResources;
import java.util.Map;
import java.util.Optional;

/** What registry-watcher makes of resources: all of them are declared, and every Receiver is read. */
final class WatchedResources {

    final WatcherResources resources = new WatcherResources(1, Runnable::run);
    final Receivers receivers;
    final WebhookHandler handler;

    WatchedResources(Map<ResourceId, Resource<?>> declared, Language conditions) {
        var unused = resources.follow(cache -> {
            declared.values().forEach(cache::upsert);
            cache.completed(id -> true);
            return () -> {};
        });
        this.receivers = new Receivers(conditions, (token, audience, email) -> true);
        this.handler = new WebhookHandler(receivers, resources.declared(), CrossNamespaceRefs.ALLOWED);
        resources.declared().all(Kinds.RECEIVER).forEach(receiver -> {
            Optional<SecretContent> secret = ReceiverReferences.secretOf(receiver)
                    .flatMap(id -> Optional.ofNullable(declared.get(id)))
                    .flatMap(found -> found.as(Kinds.SECRET))
                    .map(Resource::spec);
            receivers.read(receiver, secret.orElse(null));
        });
        receivers.open();
    }
}
