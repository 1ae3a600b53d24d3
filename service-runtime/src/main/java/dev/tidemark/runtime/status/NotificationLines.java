package dev.tidemark.runtime.status;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.delivery.DeliveryListener;
import dev.tidemark.flux.delivery.FailingAlert;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.RepeatedLines;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.function.BiConsumer;

/** Says of Alerts in the log what {@link FailureLines} says of what has a status, and has events counted. */
public final class NotificationLines implements DeliveryListener {

    private static final System.Logger LOG = System.getLogger(NotificationLines.class.getName());

    private final BiConsumer<Level, String> log;
    private final BiConsumer<String, Result> count;
    private final RepeatedLines overflow;

    /** @param count counts what became of an event, by type of Provider */
    public NotificationLines(BiConsumer<String, Result> count, Clock clock) {
        this(LOG::log, count, clock);
    }

    NotificationLines(BiConsumer<Level, String> log, BiConsumer<String, Result> count, Clock clock) {
        this.log = log;
        this.count = count;
        this.overflow = new RepeatedLines(line -> log.accept(Level.WARNING, line), clock);
    }

    @Override
    public void became(ResourceId alert, String object, String type, Result result) {
        count.accept(type, result);
        if (result == Result.DELIVERED) {
            log.accept(Level.DEBUG, LogKeys.line("notified", LogKeys.RESOURCE, alert, LogKeys.OBJECTS, object));
        }
    }

    @Override
    public void fails(FailingAlert alert) {
        log.accept(
                Level.WARNING, LogKeys.line("failing", LogKeys.RESOURCE, alert.alert(), LogKeys.REASON, reason(alert)));
    }

    @Override
    public void works(FailingAlert before) {
        log.accept(
                Level.INFO,
                LogKeys.line(
                        "failure-ended",
                        LogKeys.RESOURCE,
                        before.alert(),
                        LogKeys.REASON,
                        reason(before),
                        LogKeys.COUNT,
                        before.times(),
                        LogKeys.SINCE,
                        before.since()));
    }

    @Override
    public void overflows() {
        overflow.say(LogKeys.line(
                "notifications-lost",
                LogKeys.REASON,
                "more happens than can be compared with Alerts: of what waits the oldest is told to nobody"));
    }

    private static String reason(FailingAlert alert) {
        return alert.reason() + ": " + alert.message();
    }
}
