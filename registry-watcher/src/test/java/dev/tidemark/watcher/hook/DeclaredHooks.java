package dev.tidemark.watcher.hook;

import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.watcher.TestResources;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.domain.ReceiverReferences;
import dev.tidemark.watcher.domain.ResourceFilter.Language;

/** Receivers that a test declares, and the handler that answers for them. */
final class DeclaredHooks {

    final TestResources declared = new TestResources();
    final Resources cache = declared.cache();
    final Receivers receivers;
    final WebhookHandler handler;

    DeclaredHooks(Language filters, IdTokens idTokens) {
        this.receivers = new Receivers(filters, idTokens);
        this.handler = new WebhookHandler(receivers, cache, CrossNamespaceRefs.ALLOWED);
    }

    /** Every Receiver is read, as it and its Secret are now. */
    void read() {
        cache.all(Kinds.RECEIVER).forEach(this::read);
        receivers.open();
    }

    void read(Resource<ReceiverSpec> receiver) {
        receivers.read(
                receiver,
                ReceiverReferences.secretOf(receiver)
                        .flatMap(secret -> declared.get(secret.namespace(), secret.name()))
                        .orElse(null));
    }
}
