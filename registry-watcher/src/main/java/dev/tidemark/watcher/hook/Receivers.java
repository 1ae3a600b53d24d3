package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The declared Receivers by their path (flux-git-based 18.1, 18.2). */
final class Receivers {

    static final String PREFIX = "/hook/";

    /** What a Receiver comes to. */
    sealed interface State {
        record Ready(Resource<ReceiverSpec> receiver, ReceiverType type, String token, String path) implements State {}

        /** @param stalled whether only a change of the Receiver helps */
        record NotReady(String reason, String message, boolean stalled) implements State {}
    }

    private final Map<String, State.Ready> byPath = new HashMap<>();

    private Receivers() {}

    static Receivers of(ResourceSnapshot snapshot) {
        Receivers receivers = new Receivers();
        for (Resource<ReceiverSpec> receiver : snapshot.all(Kinds.RECEIVER)) {
            if (state(receiver, snapshot) instanceof State.Ready ready) {
                receivers.byPath.put(ready.path(), ready);
            }
        }
        return receivers;
    }

    Optional<State.Ready> at(String uri) {
        return Optional.ofNullable(byPath.get(uri));
    }

    static State state(Resource<ReceiverSpec> receiver, ResourceSnapshot snapshot) {
        Optional<ReceiverType> type = ReceiverType.named(receiver.spec().type());
        if (type.isEmpty()) {
            return new State.NotReady(
                    "ValidationFailed",
                    "type '" + receiver.spec().type() + "' is not served: use one of " + ReceiverType.names(),
                    true);
        }
        LocalRef secret = receiver.spec().secretRef();
        if (secret == null) {
            return new State.NotReady(
                    "TokenNotFound", "spec.secretRef is required: name a Secret with a 'token'", false);
        }
        String name = receiver.namespace() + '/' + secret.name();
        String token = snapshot.find(Kinds.SECRET, receiver.namespace(), secret.name())
                .map(s -> s.spec().text("token"))
                .orElse(null);
        if (token == null) {
            return new State.NotReady(
                    "TokenNotFound", "no 'token' in Secret '" + name + "': create the Secret with this key", false);
        }
        return new State.Ready(receiver, type.get(), token, path(receiver, token));
    }

    private static String path(Resource<ReceiverSpec> receiver, String token) {
        String secret = token + receiver.name() + receiver.namespace();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
