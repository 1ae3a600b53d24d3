package dev.tidemark.evaluator.management;

import dev.tidemark.evaluator.kafka.RangeExport;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.WrittenDuration;
import dev.tidemark.runtime.LogKeys;
import dev.tidemark.runtime.time.Scheduler;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Streams a range of the log. A range that ends without its last line is cut: something failed on the way. */
final class ExportRoute {

    private static final System.Logger LOG = System.getLogger(ExportRoute.class.getName());

    /** All that is held of an export at one time. */
    private static final int BUFFER = 64 * 1024;

    private final RangeExport exports;
    private final Scheduler scheduler;

    ExportRoute(RangeExport exports, Scheduler scheduler) {
        this.exports = exports;
        this.scheduler = scheduler;
    }

    /** What is wrong with the question, or the range. */
    sealed interface Asked {
        record Refused(String why) implements Asked {}

        record Of(Duration ago) implements Asked {}
    }

    /** @param since a duration such as {@code 24h} */
    static Asked asked(String since, Duration longest) {
        if (!(WrittenDuration.parse(since) instanceof Parsed.Value<Duration>(Duration ago)) || !ago.isPositive()) {
            return new Asked.Refused("since is a duration such as 30m or 24h, not '" + since + "'");
        }
        return ago.compareTo(longest) > 0
                ? new Asked.Refused("the log keeps everything for " + longest.toHours()
                        + "h (tidemark.audit-window), and since is " + since + ": ask for less")
                : new Asked.Of(ago);
    }

    /**
     * Answers, with a status of its own as long as nothing was written.
     *
     * @throws RuntimeException when the broker does not answer before anything was written
     */
    void answer(Duration ago, HttpServerResponse response) {
        RangeExport.Range range = exports.range(ago);
        response.setChunked(true).putHeader("Content-Type", "application/jsonl");
        try {
            long records = range.write(new BufferedOutputStream(new ResponseStream(response, scheduler), BUFFER));
            response.end();
            LOG.log(System.Logger.Level.INFO, LogKeys.line("range-exported", LogKeys.COUNT, records));
        } catch (IOException gone) {
            LOG.log(
                    System.Logger.Level.INFO,
                    LogKeys.line("range-cut", LogKeys.REASON, String.valueOf(gone.getMessage())));
            response.reset();
        } catch (RuntimeException fault) {
            if (!response.headWritten()) {
                response.setChunked(false).headers().remove("Content-Type");
                throw fault;
            }
            LOG.log(System.Logger.Level.ERROR, LogKeys.line("range-cut", LogKeys.REASON, "a fault inside"), fault);
            response.reset();
        }
    }
}
