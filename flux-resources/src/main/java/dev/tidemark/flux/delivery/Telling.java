package dev.tidemark.flux.delivery;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.ProviderSpec;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceReader;
import dev.tidemark.flux.alert.FluxEvent;
import dev.tidemark.flux.alert.Notifiers;
import dev.tidemark.flux.alert.UnusableProviderException;
import dev.tidemark.flux.cache.Change;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.delivery.DeliveryListener.Result;
import dev.tidemark.flux.github.GitHubApp;
import dev.tidemark.flux.github.GitHubAppTokens;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells one event for one Alert, and says once why that fails: to who listens, and as an Event of the Alert. */
final class Telling {

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
    private final FailingAlerts failing;

    Telling(AlertDelivery.Ports ports, Resources declared, Clock clock, HttpTransport.Pause pause) {
        this.events = ports.events();
        this.declared = declared;
        this.reader = new ProviderReader(ports.secrets());
        this.listener = ports.listener();
        this.clock = clock;
        this.tokens = new GitHubAppTokens(clock);
        this.pause = pause;
        this.failing = new FailingAlerts(clock);
    }

    /** Takes as long as the Provider gives it. Nothing is thrown. */
    void tell(Resource<AlertSpec> alert, FluxEvent event) {
        Optional<Resource<ProviderSpec>> provider = provider(alert);
        if (provider.isEmpty()) {
            failed(
                    alert,
                    event,
                    FailingAlerts.INVALID,
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
            became(alert, event, Result.DELIVERED);
            failing.works(alert.id()).ifPresent(listener::works);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (UnusableProviderException wrong) {
            failed(alert, event, FailingAlerts.INVALID, said(provider.get(), wrong));
        } catch (IOException refused) {
            failed(alert, event, FailingAlerts.FAILED, said(provider.get(), refused));
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "an event could not be told", redaction.masked(fault));
            failed(alert, event, FailingAlerts.FAILED, "an internal error, which the log shows");
        }
    }

    private static String said(Resource<ProviderSpec> provider, Exception why) {
        return ResourceReader.title(provider.id()) + ": " + why.getMessage();
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
        if (isDeclared(alert)) {
            became(alert, event, Result.LOST);
            say(
                    alert,
                    event,
                    failing.fails(
                            alert.id(),
                            FailingAlerts.FAILED,
                            "so much waits for its Provider that the oldest is not told"));
        }
    }

    /** Somebody has to mend the Alert. */
    void unusable(Resource<AlertSpec> alert, FluxEvent event, String problem) {
        became(alert, event, Result.FAILED);
        say(alert, event, failing.isWrong(alert.id(), problem));
    }

    private void failed(Resource<AlertSpec> alert, FluxEvent event, String reason, String why) {
        became(alert, event, Result.FAILED);
        say(alert, event, failing.fails(alert.id(), reason, why));
    }

    /** Whatever people write as a type, few are counted. */
    private void became(Resource<AlertSpec> alert, FluxEvent event, Result result) {
        String type = provider(alert).map(one -> one.spec().type()).orElse("");
        listener.became(alert.id(), event.objectId(), Notifiers.isServed(type) ? type : OTHER, result);
    }

    private void say(Resource<AlertSpec> alert, FluxEvent event, Optional<FailingAlert> unsaid) {
        unsaid.filter(_ -> isDeclared(alert)).ifPresent(now -> {
            FailingAlert example = new FailingAlert(
                    now.alert(),
                    now.since(),
                    now.reason(),
                    now.message() + " (first for " + event.objectId() + ')',
                    now.times());
            listener.fails(example);
            events.record(alert, EventRecorder.Type.WARNING, example.reason(), example.message());
        });
    }

    /** It may have gone while the event was being told: then nobody wants to hear of it. */
    private boolean isDeclared(Resource<AlertSpec> alert) {
        return declared.find(alert.id()).isPresent();
    }

    /** What was wrong may be mended by it. */
    void changed(Change change) {
        if (change.kind().equals(Kinds.ALERT)) {
            failing.forget(change.id());
            return;
        }
        declared.all(Kinds.ALERT, change.id().namespace()).stream()
                .filter(alert ->
                        alert.spec().providerRef().name().equals(change.id().name()))
                .forEach(alert -> failing.forget(alert.id()));
    }

    List<ServedAlert> served() {
        return failing.served().stream()
                .filter(one -> declared.find(one.alert()).isPresent())
                .toList();
    }

    List<FailingAlert> failing() {
        return failing.all().stream()
                .filter(one -> declared.find(one.alert()).isPresent())
                .toList();
    }
}
