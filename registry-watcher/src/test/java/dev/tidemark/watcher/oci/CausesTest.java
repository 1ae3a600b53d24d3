package dev.tidemark.watcher.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class CausesTest {

    /** The transport wraps what it was told in exceptions without words of their own. */
    @Test
    void namesNoClassWhereAnExceptionOnlyRepeatsItsCause() {
        assertThat(Causes.of(new IOException(new IllegalStateException("the stream is closed"))))
                .isEqualTo("the stream is closed");
        assertThat(Causes.of(new IOException(new IllegalStateException()))).isEqualTo("the connection broke");
    }

    @Test
    void whoIsInterruptedHasNoFaultOfTheRegistryToTell() {
        assertThat(Causes.isStop(new IOException(new InterruptedException()))).isTrue();
        assertThat(Causes.isStop(new ClosedByInterruptException())).isTrue();
        assertThat(Causes.isStop(new IOException("Connection reset"))).isFalse();
    }
}
