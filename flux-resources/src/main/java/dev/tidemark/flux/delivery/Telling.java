package dev.tidemark.flux.delivery;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ProviderSpec;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.alert.FluxEvent;
import dev.tidemark.flux.alert.Notifiers;
import dev.tidemark.flux.alert.UnusableProviderException;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.delivery.DeliveryListener.Result;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.github.GitHubAppTokens;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells one event for one Alert, and says once why that fails: in the log, and as an Event of the Alert. */
final class Telling {

    /** As Flux has them. */
    static final String FAILED = "NotificationDispatchFailed";

    static final String INVALID = "InvalidConfig";

    private static final String OTHER = "other";

    private static final System.Logger LOG = System.getLogger(Telling.class.getName());

    private final EventRecorder events;
    private final Resources declared;
    private final ProviderReader reader;
    private final HttpClients clients = new HttpClients();
    private final GitHubAppTokens tokens;
    private final DeliveryListener listener;
    private final Clock clock;
    private final HttpTransport.Pause pause;
    private final Map<ResourceId, String> said = new ConcurrentHashMap<>();

    Telling(AlertDelivery.Ports ports, Resources declared, Clock clock, HttpTransport.Pause pause) {
        this.events = ports.events();
        this.declared = declared;
        this.reader = new ProviderReader(ports.secrets());
        this.listener = ports.listener();
        this.clock = clock;
        this.tokens = new GitHubAppTokens(clock);
        this.pause = pause;
    }

    /** Takes as long as the Provider gives it. Nothing is thrown. */
    void tell(Resource<AlertSpec> alert, FluxEvent event) {
        Optional<Resource<ProviderSpec>> provider = provider(alert);
        if (provider.isEmpty()) {
            failed(
                    alert,
                    event,
                    "",
                    "there is no Provider '" + alert.namespace() + '/'
                            + alert.spec().providerRef().name() + "': make it, or name another in spec.providerRef");
            return;
        }
        ProviderSpec spec = provider.get().spec();
        if (spec.suspend()
                || (Notifiers.isOfCommits(spec.type()) && event.revision().isEmpty())) {
            return;
        }
        Redaction redaction = Redaction.ofUrls();
        try {
            ProviderAccess access = reader.read(provider.get());
            redaction = Redaction.of(access.secrets());
            tell(provider.get(), access, event);
            said.remove(alert.id());
            count(spec.type(), Result.DELIVERED);
            LOG.log(Level.DEBUG, () -> "told of " + event.objectId() + " by " + ResourceReader.title(alert.id()));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (UnusableProviderException | IOException refused) {
            failed(
                    alert,
                    event,
                    spec.type(),
                    ResourceReader.title(provider.get().id()) + ": " + refused.getMessage());
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "an event could not be told", redaction.masked(fault));
            failed(alert, event, spec.type(), "an internal error, which the log shows");
        }
    }

    private void tell(Resource<ProviderSpec> provider, ProviderAccess access, FluxEvent event)
            throws UnusableProviderException, IOException, InterruptedException {
        String type = provider.spec().type();
        HttpTransport transport = new HttpTransport(clients.of(provider.id(), access), access, clock, pause);
        GitHubApp app = access.app();
        if (app == null) {
            Notifiers.of(type, access.destination()).tell(event, transport);
            return;
        }
        String token = tokens.of(app, transport);
        try {
            Notifiers.of(type, access.destination().withToken(token)).tell(event, transport.hiding(token));
        } catch (HttpTransport.DeniedException refused) {
            // the app's rights were changed perhaps, and the token has them as they were
            tokens.refused(app);
            throw refused;
        }
    }

    private Optional<Resource<ProviderSpec>> provider(Resource<AlertSpec> alert) {
        return declared.find(
                Kinds.PROVIDER, alert.namespace(), alert.spec().providerRef().name());
    }

    /** Too much waits for the Provider. */
    void lost(Resource<AlertSpec> alert, FluxEvent event) {
        count(type(alert), Result.LOST);
        say(alert, FAILED, "so much waits for its Provider that some is not told", " (first " + event.objectId() + ')');
    }

    /** Somebody has to mend the Alert. */
    void unusable(Resource<AlertSpec> alert, String problem) {
        count(type(alert), Result.FAILED);
        say(alert, INVALID, problem, "");
    }

    /** Whatever people write as a type, few are counted. */
    private void count(String type, Result result) {
        listener.became(Notifiers.isServed(type) ? type : OTHER, result);
    }

    private String type(Resource<AlertSpec> alert) {
        return provider(alert).map(one -> one.spec().type()).orElse("");
    }

    private void failed(Resource<AlertSpec> alert, FluxEvent event, String type, String why) {
        count(type, Result.FAILED);
        say(alert, FAILED, why, " (first for " + event.objectId() + ')');
    }

    /** Once, until it goes well again or fails for another reason. */
    private void say(Resource<AlertSpec> alert, String reason, String why, String example) {
        if (why.equals(said.put(alert.id(), why))) {
            return;
        }
        said.keySet().removeIf(id -> declared.find(id).isEmpty());
        LOG.log(Level.WARNING, ResourceReader.title(alert.id()) + " is not served: " + why + example);
        events.record(alert, EventRecorder.Type.WARNING, reason, why + example);
    }
}
