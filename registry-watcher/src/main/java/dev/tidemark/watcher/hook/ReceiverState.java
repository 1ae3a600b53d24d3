package dev.tidemark.watcher.hook;

import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.ReceiverSpec;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.watcher.domain.IdTokens;
import dev.tidemark.watcher.domain.ResourceFilter.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Receiver comes to (flux-git-based 18.1, 18.2). */
sealed interface ReceiverState {

    String PREFIX = "/hook/";

    Resource<ReceiverSpec> receiver();

    /**
     * Null while it never had one. One whose token or declaration was lost keeps the path that it had: its senders are told
     * that it does not work, and not that there never was one.
     */
    @Nullable
    String path();

    /** Requests are looked at. */
    record Served(Resource<ReceiverSpec> receiver, ReceiverType type, Trust trust, Filters filters, String path)
            implements ReceiverState {}

    /** Nobody can prove anything: the type is unknown or the token is not there. */
    record Unprovable(
            Resource<ReceiverSpec> receiver,
            String reason,
            String message,
            boolean stalled,
            @Nullable String path) implements ReceiverState {}

    /** The declaration itself is wrong. */
    record NotReady(
            Resource<ReceiverSpec> receiver,
            String message,
            @Nullable String path) implements ReceiverState {}

    /**
     * Works a Receiver out from what it declares and from its Secret.
     *
     * @param secret the one that it refers to, null where there is none
     * @param before what it came to before, null for one that is new
     */
    static ReceiverState of(
            Resource<ReceiverSpec> receiver,
            @Nullable SecretContent secret,
            @Nullable ReceiverState before,
            Language language,
            IdTokens idTokens) {
        ReceiverSpec spec = receiver.spec();
        String token = secret == null ? null : secret.text("token");
        // of an unknown type the path is known all the same as long as the token is
        String path = token != null ? path(receiver, token) : before == null ? null : before.path();
        Optional<ReceiverType> type = ReceiverType.named(spec.type());
        if (type.isEmpty()) {
            String message = "type '" + spec.type() + "' is not served: use one of " + ReceiverType.names();
            return new Unprovable(receiver, "ValidationFailed", message, true, path);
        }
        String kinds = ListedKinds.problem(spec);
        if (!kinds.isEmpty()) {
            return new NotReady(receiver, kinds, path);
        }
        LocalRef ref = spec.secretRef();
        if (ref == null) {
            return new NotReady(receiver, "spec.secretRef is required: name a Secret with a 'token'", path);
        }
        String missing = type.get().secretKeys().stream()
                .filter(key -> secret == null || isBlank(secret.text(key)))
                .findFirst()
                .orElse("");
        if (secret == null || token == null || !missing.isEmpty()) {
            boolean there = secret != null && secret.text(missing) != null;
            String message = (there ? "'" + missing + "' is empty" : "no '" + missing + "'") + " in Secret '"
                    + receiver.namespace() + '/' + ref.name() + "': "
                    + (there ? "give it a long random value" : "create the Secret with this key");
            return new Unprovable(receiver, "TokenNotFound", message, false, path);
        }
        Filters filters =
                before instanceof Served served && served.receiver().spec().equals(spec)
                        ? served.filters()
                        : Filters.of(spec, language);
        return new Served(receiver, type.get(), Trust.of(secret, token, idTokens), filters, path(receiver, token));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
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
