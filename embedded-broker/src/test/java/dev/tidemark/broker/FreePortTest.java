package dev.tidemark.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

    /** An outgoing connection gets one from there. */
    @Test
    void isNoneOfThoseForOutgoingConnections() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int n = 0; n < 50; n++) {
            int port = FreePort.on(loopback);
            assertThat(port).isBetween(20_000, 32_767);
            try (ServerSocket listening = new ServerSocket(port, 1, loopback)) {
                assertThat(listening.getLocalPort()).isEqualTo(port);
            }
        }
    }
}
