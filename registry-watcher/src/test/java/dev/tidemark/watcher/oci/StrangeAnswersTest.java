package dev.tidemark.watcher.oci;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.watcher.http.OutgoingHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrangeAnswersTest {

    /** Whatever else may listen at a port; the JDK's words about it mean nothing to an operator. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
                "HTTP/1.1 xyz OK\r\nContent-Length: 2\r\n\r\n{}",
                "SSH-2.0-OpenSSH_9.9\r\n\r\n",
            })
    void anAnswerThatIsNotHttpIsCalledSo(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOne(server, answer));
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThat(cause(address)).isEqualTo("its answer is not HTTP: is there a registry at this port?");
        }
    }

    private static String cause(URI address) throws InterruptedException {
        try (var client = OutgoingHttp.client().build()) {
            new Transport(client, null).send(HttpRequest.newBuilder(address));
            return "no fault";
        } catch (IOException fault) {
            return Causes.of(fault);
        }
    }

    private static void answerOne(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[1024]);
            socket.getOutputStream().write(answer.getBytes(US_ASCII));
        } catch (IOException gone) {
            // the client tells
        }
    }
}
