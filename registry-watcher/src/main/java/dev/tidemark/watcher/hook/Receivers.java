package dev.tidemark.watcher.hook;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The declared Receivers, what each comes to, and their paths (flux-git-based 18.1, 18.2). */
public final class Receivers {

    /** Nothing is declared. */
    static final Receivers NONE = new Receivers();

    static final String PREFIX = "/hook/";

    /** What a Receiver comes to. */
    sealed interface State {
        Resource<ReceiverSpec> receiver();

        /** Requests are looked at. */
        record Served(Resource<ReceiverSpec> receiver, ReceiverType type, Trust trust, Filters filters, String path)
                implements State {}

        /** Nobody can prove anything: the type is unknown or the token is not there. */
        record Unprovable(Resource<ReceiverSpec> receiver, String reason, String message, boolean stalled)
                implements State {}

        /** The declaration itself is wrong. */
        record NotReady(Resource<ReceiverSpec> receiver, String message) implements State {}
    }

    private final Map<ResourceId, State> states = new HashMap<>();
    private final Map<ResourceId, String> paths = new HashMap<>();
    private final Map<String, State> byPath = new HashMap<>();

    private Receivers() {}

    /**
     * What the declared Receivers come to now. One whose token or declaration was lost keeps the path it had: its
     * senders are told that it does not work, and not that there never was one.
     */
    static Receivers of(ResourceSnapshot snapshot, Receivers before, Language filters, IdTokens idTokens) {
        Receivers receivers = new Receivers();
        for (Resource<ReceiverSpec> receiver : snapshot.all(Kinds.RECEIVER)) {
            State state = state(receiver, snapshot, before, filters, idTokens);
            receivers.states.put(receiver.id(), state);
            String path = state instanceof State.Served served ? served.path() : lastPath(receiver, snapshot, before);
            if (path != null) {
                receivers.paths.put(receiver.id(), path);
                receivers.byPath.put(path, state);
            }
        }
        return receivers;
    }

    /** The Receiver with this path, which the raw URI must equal. */
    Optional<State> at(String uri) {
        return Optional.ofNullable(byPath.get(uri));
    }

    Collection<State> all() {
        return states.values();
    }

    private static State state(
            Resource<ReceiverSpec> receiver,
            ResourceSnapshot snapshot,
            Receivers before,
            Language language,
            IdTokens idTokens) {
        ReceiverSpec spec = receiver.spec();
        Optional<ReceiverType> type = ReceiverType.named(spec.type());
        if (type.isEmpty()) {
            String message = "type '" + spec.type() + "' is not served: use one of " + ReceiverType.names();
            return new State.Unprovable(receiver, "ValidationFailed", message, true);
        }
        String kinds = ListedKinds.problem(spec);
        if (!kinds.isEmpty()) {
            return new State.NotReady(receiver, kinds);
        }
        LocalRef ref = spec.secretRef();
        if (ref == null) {
            return new State.NotReady(receiver, "spec.secretRef is required: name a Secret with a 'token'");
        }
        SecretContent secret = secret(receiver, ref, snapshot);
        String token = secret == null ? null : secret.text("token");
        String missing = type.get().secretKeys().stream()
                .filter(key -> secret == null || isBlank(secret.text(key)))
                .findFirst()
                .orElse("");
        if (secret == null || token == null || !missing.isEmpty()) {
            boolean there = secret != null && secret.text(missing) != null;
            String message = (there ? "'" + missing + "' is empty" : "no '" + missing + "'") + " in Secret '"
                    + receiver.namespace() + '/' + ref.name() + "': "
                    + (there ? "give it a long random value" : "create the Secret with this key");
            return new State.Unprovable(receiver, "TokenNotFound", message, false);
        }
        Filters filters = before.states.get(receiver.id()) instanceof State.Served served
                        && served.receiver().spec().equals(spec)
                ? served.filters()
                : Filters.of(spec, language);
        return new State.Served(
                receiver, type.get(), Trust.of(secret, token, idTokens), filters, path(receiver, token));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static @Nullable SecretContent secret(
            Resource<ReceiverSpec> receiver, LocalRef ref, ResourceSnapshot snapshot) {
        return snapshot.find(Kinds.SECRET, receiver.namespace(), ref.name())
                .map(Resource::spec)
                .orElse(null);
    }

    /** Of an unknown type the path is known all the same as long as the token is. */
    private static @Nullable String lastPath(
            Resource<ReceiverSpec> receiver, ResourceSnapshot snapshot, Receivers before) {
        LocalRef ref = receiver.spec().secretRef();
        SecretContent secret = ref == null ? null : secret(receiver, ref, snapshot);
        String token = secret == null ? null : secret.text("token");
        return token == null ? before.paths.get(receiver.id()) : path(receiver, token);
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
