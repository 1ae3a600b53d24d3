package dev.tidemark.allinone;

import dev.tidemark.broker.FreePort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.Config;

/**
 * Where webhooks are received. What is asked for counts; by default the port that Flux uses, and where somebody else has
 * that at the first start, another one which this state folder keeps: senders know it by then.
 *
 * @param setting what names the port, for a remedy
 * @param isSecondChoice whether nobody chose it, and it is not what people expect
 */
record Listen(String host, int port, String setting, boolean isSecondChoice) {

    /** Flux's port for webhooks. */
    static final int DEFAULT_PORT = 9292;

    private static final String SETTING = "tidemark.listen";

    /** The same by the names that people use. */
    private static final String REMEDY = "--listen or TIDEMARK_LISTEN";

    private static final String HOST = "quarkus.http.host";
    private static final String PORT = "quarkus.http.port";

    /** Of the properties within the application; whatever a person sets ranks higher. */
    static final int ORDINAL_OF_DEFAULTS = 250;

    /** {@code tidemark.listen} (HOST:PORT), else Quarkus' own settings, else the default. */
    static Listen choose(Config config, StateFolder state) throws PortInUseException, IOException {
        String host = config.getValue(HOST, String.class);
        String asked = config.getOptionalValue(SETTING, String.class).orElse("");
        if (!asked.isBlank()) {
            return parse(asked.strip());
        }
        if (config.getConfigValue(PORT).getSourceOrdinal() > ORDINAL_OF_DEFAULTS) {
            return new Listen(host, config.getValue(PORT, Integer.class), PORT, false);
        }
        OptionalInt kept = state.port();
        if (kept.isPresent()) {
            return new Listen(host, kept.getAsInt(), REMEDY, kept.getAsInt() != DEFAULT_PORT);
        }
        int port = isFree(host, DEFAULT_PORT) ? DEFAULT_PORT : FreePort.on(InetAddress.getByName(host));
        state.keepPort(port);
        return new Listen(host, port, REMEDY, port != DEFAULT_PORT);
    }

    static Listen parse(String text) throws PortInUseException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            throw new PortInUseException(
                    "'" + text + "' is no address to listen on: write HOST:PORT, for example 0.0.0.0:" + DEFAULT_PORT);
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Listen(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port), REMEDY, false);
    }

    /** Says it where Quarkus looks for it, and that the port can be had. */
    void use() throws PortInUseException {
        PortInUseException.check(host, port, setting);
        System.setProperty(HOST, host);
        System.setProperty(PORT, Integer.toString(port));
    }

    private static boolean isFree(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
