package dev.tidemark.watcher.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidemark.watcher.hook.WebhookHandler;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IncomingBodyTest {

    private static final byte[] ONE = {'x'};

    private final BodyBudget budget = new BodyBudget(64L * 1024 * 1024);
    private final IncomingBody body = new IncomingBody(budget);

    @Test
    void isWholeAgainAndGivesBackWhatItTook() {
        body.add("{\"a\":".getBytes(StandardCharsets.UTF_8));
        body.add("1}".getBytes(StandardCharsets.UTF_8));
        assertThat(body.whole()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
        assertThat(budget.used()).isPositive();
        body.close();
        body.close();
        assertThat(budget.used()).isZero();
        assertThat(body.add(ONE)).isEqualTo(IncomingBody.Outcome.NO_ROOM);
    }

    @Test
    void isRefusedWhenItOrAllTogetherAreTooLarge() {
        assertThat(body.add(new byte[WebhookHandler.MAX_BODY])).isEqualTo(IncomingBody.Outcome.KEPT);
        assertThat(body.add(ONE)).isEqualTo(IncomingBody.Outcome.TOO_LARGE);
        assertThat(new IncomingBody(new BodyBudget(2)).add(ONE)).isEqualTo(IncomingBody.Outcome.NO_ROOM);
    }

    /** Chunks of one byte would otherwise take many times the memory that the budget counts. */
    @Test
    void takesNoMoreThanIsCountedHoweverSmallItsPartsAre() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        body.add(ONE);
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000_000; i++) {
            body.add(ONE);
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThanOrEqualTo(budget.used());
    }
}
