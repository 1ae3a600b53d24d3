package dev.tidemark.evaluator.replay;

import dev.tidemark.events.kafka.LogSettings;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.schedule.GoDuration;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** {@code ReplayMain <bootstrap servers> <partitions> <since, such as 1h>}: exit 0 when all decisions come out the same. */
public final class ReplayMain {

    private static final int DIFFERS = 1;
    private static final int USAGE = 2;

    private ReplayMain() {}

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(args, Clock.systemUTC(), out));
    }

    static int run(String[] args, Clock clock, PrintStream out) {
        if (args.length != 3 || !(GoDuration.parse(args[2]) instanceof Parsed.Value<Duration>(Duration since))) {
            out.println("usage: <bootstrap servers> <partitions> <since, such as 1h>");
            return USAGE;
        }
        var settings = new LogSettings(args[0], Integer.parseInt(args[1]), (short) 1, since);
        var result = new Replay(new LogReader(settings, "replay"))
                .since(clock.instant().minus(since));
        result.differences()
                .forEach(
                        d -> out.println(d.target() + "\n  recorded " + d.recorded() + "\n  replayed " + d.replayed()));
        out.println(result.decisions() + " decisions since " + result.since() + ", "
                + result.differences().size() + " policies differ");
        return result.differences().isEmpty() ? 0 : DIFFERS;
    }
}
