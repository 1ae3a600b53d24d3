package dev.tidemark.runtime.quarkus;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stands before everything on the management listener, whichever service or extension adds it. */
@Singleton
public class ManagementGuard {

    /** The file within the state folder; the command line reads it there. */
    static final String TOKEN_FILE = "management.token";

    private final TidemarkConfig config;
    private final ManagementConfig management;

    ManagementGuard(TidemarkConfig config, ManagementConfig management) {
        this.config = config;
        this.management = management;
    }

    void guard(@Observes ManagementInterface listener) {
        ManagementRules rules = rules();
        listener.router().route().order(Integer.MIN_VALUE).handler(context -> admit(context, rules));
    }

    private ManagementRules rules() {
        try {
            ManagementToken token = ManagementToken.in(
                    management.tokenFile().orElseGet(() -> config.state().resolve(TOKEN_FILE)));
            Set<String> hosts = management.hosts().orElse(List.of()).stream()
                    .map(host -> host.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            return new ManagementRules(token, hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the token of the management listener cannot be read (" + e.getMessage()
                            + "): set tidemark.management.token-file",
                    e);
        }
    }

    private static void admit(RoutingContext context, ManagementRules rules) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader("Authorization");
        ManagementRules.Asked asked = new ManagementRules.Asked(
                request.method().name(),
                context.normalizedPath(),
                host(request.authority()),
                address(request.remoteAddress()),
                address(request.localAddress()),
                authorization == null ? "" : authorization);
        switch (rules.on(asked)) {
            case ANSWERED -> context.next();
            case FOREIGN_NAME ->
                refuse(
                        context,
                        421,
                        "not served under this name: use the address, or add the name to tidemark.management.hosts");
            case UNPROVED -> {
                context.response().putHeader("WWW-Authenticate", "Bearer");
                refuse(
                        context,
                        401,
                        "needs 'Authorization: Bearer TOKEN' with the token in " + TOKEN_FILE + " of the state folder");
            }
        }
    }

    private static String host(@Nullable HostAndPort authority) {
        return authority == null ? "" : authority.host();
    }

    private static String address(@Nullable SocketAddress address) {
        return address == null || address.hostAddress() == null ? "" : address.hostAddress();
    }

    private static void refuse(RoutingContext context, int status, String why) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end("{\"error\":\"" + why + "\"}")
                .onComplete(written -> context.request().connection().close());
    }
}
