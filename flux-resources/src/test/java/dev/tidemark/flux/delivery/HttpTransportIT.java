package dev.tidemark.flux.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.flux.alert.Destination;
import dev.tidemark.flux.alert.Told;
import dev.tidemark.flux.alert.Transport.Outgoing;
import dev.tidemark.flux.folder.SteppedClock;
import dev.tidemark.flux.secret.ProxyAddress;
import dev.tidemark.testkit.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTransportIT {

    private final Receiver receiver = new Receiver();
    private final SteppedClock clock = new SteppedClock(Told.NOW);
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void close() {
        receiver.close();
    }

    private HttpTransport transport(Duration timeout, @Nullable ProxyAddress proxy) throws Exception {
        URI address = URI.create(receiver.address());
        var access = new ProviderAccess(
                new Destination(address, "", "", "", "", Map.of(), ""),
                timeout,
                null,
                "",
                proxy,
                null,
                List.of("top-secret"));
        var http = new HttpClients().of(new ResourceId("Provider", "apps", "chat"), access);
        return new HttpTransport(http, access, clock, pause -> {
            pauses.add(pause);
            clock.advance(pause);
        });
    }

    private Outgoing request(Map<String, String> headers) {
        return new Outgoing("POST", URI.create(receiver.address() + "/top-secret"), headers, "{}");
    }

    @Test
    void whatMayGoBetterIsTriedAgainLaterWithEachTry() throws Exception {
        receiver.next(503, 429, 500, 200);

        assertThat(transport(Duration.ofMinutes(5), null).send(request(Map.of())))
                .isEqualTo("ok");
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void whoNeverAnswersWellIsLeftWhenItsTimeIsOver() throws Exception {
        receiver.always(503, "top-secret is down");

        HttpTransport transport = transport(Duration.ofSeconds(15), null);
        assertThatThrownBy(() -> transport.send(request(Map.of())))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("127.0.0.1:\\d+ answers 503: \\*\\*\\* is down");
        assertThat(receiver.requests()).hasSize(4);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void andAfterFiveTries() throws Exception {
        receiver.always(503, "");

        HttpTransport transport = transport(Duration.ofDays(1), null);
        assertThatThrownBy(() -> transport.send(request(Map.of()))).hasMessageMatching("127.0.0.1:\\d+ answers 503");
        assertThat(receiver.requests()).hasSize(HttpTransport.TRIES);
    }

    @Test
    void aRefusalIsFinal() throws Exception {
        receiver.always(404, "no_team");

        HttpTransport transport = transport(Duration.ofMinutes(5), null);
        assertThatThrownBy(() -> transport.send(request(Map.of())))
                .hasMessageMatching("127.0.0.1:\\d+ answers 404: no_team");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whoIsNotThereIsTriedAgainToo() throws Exception {
        HttpTransport transport = transport(Duration.ofSeconds(5), null);
        Outgoing request = request(Map.of());
        receiver.close();

        assertThatThrownBy(() -> transport.send(request)).hasMessageMatching("127.0.0.1:\\d+ cannot be reached");
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void anAnswerThatDoesNotEndIsLeft() throws Exception {
        receiver.stall();

        HttpTransport transport = transport(Duration.ofMillis(300), null);
        assertThatThrownBy(() -> transport.send(request(Map.of())))
                .hasMessageMatching("127.0.0.1:\\d+ did not answer within 0 s");
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() throws Exception {
        receiver.always(200, "x".repeat((1 << 20) + 1));

        HttpTransport transport = transport(Duration.ofSeconds(1), null);
        assertThatThrownBy(() -> transport.send(request(Map.of())))
                .hasMessageMatching("127.0.0.1:\\d+ broke off: .*exceeds.*");
    }

    /** As Go's client does it; what the type itself sends goes before. */
    @Test
    void aLoginInTheAddressIsSent() throws Exception {
        URI address = URI.create(receiver.address().replace("//", "//us%40er:p+w%3A@") + "/hook");

        HttpTransport transport = transport(Duration.ofSeconds(5), null);
        transport.send(new Outgoing("POST", address, Map.of(), "{}"));
        transport.send(new Outgoing("POST", address, Map.of("authorization", "Bearer t"), "{}"));
        transport.send(new Outgoing("GET", URI.create(receiver.address().replace("//", "//user@")), Map.of(), null));

        assertThat(receiver.requests())
                .extracting(Receiver.Request::authorization)
                .containsExactly(basic("us@er:p+w:"), "Bearer t", basic("user:"));
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofARedirectItIsSaidThatItIsNotFollowed() throws Exception {
        receiver.redirect();

        HttpTransport transport = transport(Duration.ofSeconds(5), null);
        assertThatThrownBy(() -> transport.send(request(Map.of())))
                .hasMessageMatching("127.0.0.1:\\d+ answers 307, which leads elsewhere: no redirect is followed, since"
                        + " what is sent holds tokens; write the address that it leads to");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void goesByTheProxyThatItIsGiven() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy("Basic dXNlcjpwdw==")) {
            ProxyAddress address = ProxyAddress.read(
                    new SecretContent(
                            null, null, Map.of("address", proxy.address(), "username", "user", "password", "pw")),
                    "apps/proxy");

            assertThat(transport(Duration.ofSeconds(5), address).send(request(Map.of())))
                    .isEqualTo("ok");
            assertThat(proxy.heads()).isNotEmpty();
        }
    }
}
