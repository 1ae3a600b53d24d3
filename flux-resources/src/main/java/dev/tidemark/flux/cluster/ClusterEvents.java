package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.status.EventRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events of the cluster, in the namespace of the object, made on a thread of their own: what happens again within an hour
 * is counted, and of one object nobody is told without end. What is routine is posted to whoever listens and is no Event.
 */
public final class ClusterEvents implements EventRecorder, Runnable {

    private static final System.Logger LOG = System.getLogger(ClusterEvents.class.getName());

    /** A cluster's burst while its API server is away; what is lost beyond stands in conditions and logs. */
    private static final int WAITING = 10_000;

    /** As long as the API server keeps an Event. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** A commit message; the API server takes more, and nobody reads it there. */
    private static final int LONGEST_MESSAGE = 4_096;

    /** Of any object. */
    private static final int LONGEST_NAME = 253;

    /** What no part of a name may end with. */
    private static final Pattern ENDS = Pattern.compile("[-.]+$");

    private final ClusterApi api;
    private final Clock clock;
    private final String instance;
    private final @Nullable Notifications notifications;
    private final BlockingQueue<Happened> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Recent<Happened.Key, Happened.Made> made = new Recent<>();
    private final EventBudgets budgets = new EventBudgets();
    private boolean failing;

    /** @param instance names this process, as its host is named */
    ClusterEvents(ClusterApi api, ClusterSettings settings, Clock clock, String instance) {
        this.api = api;
        this.clock = clock;
        this.instance = instance;
        this.notifications = settings.events().map(Notifications::new).orElse(null);
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message) {
        record(resource, type, reason, message, Map.of());
    }

    @Override
    public void record(Resource<?> resource, Type type, String reason, String message, Map<String, String> metadata) {
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!waiting.offer(new Happened(resource, type, reason, cut, metadata, now))) {
            failed("too many are waiting");
        }
    }

    /** Makes Events of what is recorded, until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                Happened happened = waiting.take();
                try {
                    make(happened);
                    failing = false;
                } catch (IOException | UncheckedIOException lost) {
                    failed(String.valueOf(lost.getMessage()));
                } catch (RuntimeException fault) {
                    LOG.log(Level.ERROR, "an event could not be made", fault);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String why) {
        if (!failing) {
            failing = true;
            LOG.log(Level.WARNING, "events are lost until this helps: " + why);
        }
    }

    private void make(Happened happened) throws IOException, InterruptedException {
        if (notifications != null) {
            notifications.post(happened.notification(instance));
        }
        // the budget is the API server's; who gets notifications bounds them
        if (happened.type() == Type.ROUTINE || !budgets.take(happened.resource().id(), happened.at())) {
            return;
        }
        Optional<Happened.Made> before = Optional.ofNullable(made.get(happened.key()))
                .filter(one -> one.first().plus(KEPT).isAfter(happened.at()));
        Happened.Made now = before.map(one -> new Happened.Made(one.name(), one.count() + 1, one.first()))
                .orElseGet(() -> new Happened.Made(name(happened), 1, happened.at()));
        if (before.isEmpty() || !counted(happened, now)) {
            check(api.send("POST", events(happened), ClusterApi.JSON, happened.event(now, instance)));
        }
        made.put(happened.key(), now);
    }

    /** False where the Event is gone by now. */
    private boolean counted(Happened happened, Happened.Made now) throws IOException {
        ObjectNode patch = FluxJson.json()
                .createObjectNode()
                .put("count", now.count())
                .put("lastTimestamp", happened.at().toString());
        Answer answer = api.send("PATCH", events(happened) + '/' + now.name(), ClusterApi.MERGE, patch);
        if (answer.code() == Answer.NOT_FOUND) {
            return false;
        }
        check(answer);
        return true;
    }

    private static String events(Happened happened) {
        return "/api/v1/namespaces/" + happened.namespace() + "/events";
    }

    private String name(Happened happened) {
        Instant now = clock.instant();
        String suffix = Long.toHexString(now.getEpochSecond() * 1_000_000_000L + now.getNano())
                + Integer.toHexString(happened.key().hashCode());
        String name = happened.resource().name();
        String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME - 1 - suffix.length()));
        return ENDS.matcher(cut).replaceFirst("") + '.' + suffix;
    }

    /** It says so by the code of a missing right. */
    private static boolean isOfNamespaceThatGoes(Answer answer) {
        return answer.code() == Answer.FORBIDDEN
                && answer.body()
                        .path("details")
                        .path("causes")
                        .findValuesAsText("reason")
                        .contains("NamespaceTerminating");
    }

    private static void check(Answer answer) throws IOException {
        // that it is there already is what was wanted; a namespace that goes takes its events along
        if (answer.isSuccess()
                || answer.code() == Answer.CONFLICT
                || answer.code() == Answer.NOT_FOUND
                || isOfNamespaceThatGoes(answer)) {
            return;
        }
        String remedy = answer.code() == Answer.FORBIDDEN ? ", grant create and patch on events" : "";
        throw new IOException(answer.message() + remedy);
    }
}
