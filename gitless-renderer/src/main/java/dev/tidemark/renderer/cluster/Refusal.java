package dev.tidemark.renderer.cluster;

import dev.tidemark.flux.Redaction;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an API server's "no" means, and what helps. */
final class Refusal {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;

    private static final Pattern NO_RIGHT = Pattern.compile(
            "User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]*)\" in API group \"([^\"]*)\"(?: in the namespace \"([^\"]*)\")?");

    /** A validation says it in its own words; none of these is said of a value that is merely wrong. */
    private static final List<String> IMMUTABLE = List.of(
            "field is immutable",
            "is immutable",
            "may not change once set",
            "updates to statefulset spec for fields other than",
            "cannot change roleRef");

    private Refusal() {}

    /** Whether the object would have to be another one to become what is wanted. */
    static boolean isImmutable(KubernetesClientException e) {
        String message = message(e);
        return e.getCode() == INVALID && IMMUTABLE.stream().anyMatch(message::contains);
    }

    /** Whether the server has no such path: it would say of an object, or of its namespace, which one is missing. */
    static boolean isUnknownKind(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND && message(e).contains("could not find the requested resource");
    }

    /** Whether the object is not there, or another one is by now. */
    static boolean isGone(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND
                || (e.getCode() == CONFLICT && message(e).contains("UID"));
    }

    static ObjectStoreException of(KubernetesClientException e, ObjectId id, Account account) {
        String message = id + ": " + words(e, id, account);
        // quotas and webhooks refuse by the same code, and may think better of it
        return e.getCode() == FORBIDDEN && NO_RIGHT.matcher(message(e)).find()
                ? ObjectStoreException.denied(message, e)
                : new ObjectStoreException(message, e);
    }

    private static String words(KubernetesClientException e, ObjectId id, Account account) {
        return switch (e.getCode()) {
            case 0, -1 ->
                isUnreachable(e)
                        ? "the API server cannot be reached, so this is tried again: " + reason(e)
                        : message(e);
            case FORBIDDEN -> forbidden(message(e), account);
            case TOO_MANY -> "the API server has too much to do, so this is tried again";
            case INVALID ->
                isImmutable(e)
                        ? shown(e, id) + ": give the object another name, or let it be deleted and made anew with the"
                                + " annotation fluxcd.controlplane.io/force: enabled"
                        : shown(e, id);
            case NOT_FOUND -> isUnknownKind(e) ? "its kind is not served any more: install its CRD" : message(e);
            default -> shown(e, id);
        };
    }

    private static String forbidden(String message, Account account) {
        Matcher right = NO_RIGHT.matcher(message);
        if (!right.find()) {
            // quotas, admission, a namespace that is being deleted: the server says it well
            return "refused to " + account + ": " + Redaction.ofUrls().apply(message);
        }
        String verb = right.group(2);
        String resource = right.group(3);
        // newer servers name a narrower right that they looked for last: impersonate-on:serviceaccount:get configmaps
        if (verb.startsWith("impersonate")) {
            return "the renderer's own account may not act as " + account + ": grant " + right.group(1)
                    + " the verb impersonate on serviceaccounts";
        }
        String group = Objects.requireNonNullElse(right.group(4), "");
        @Nullable String namespace = right.group(5);
        return account + " may not " + verb + ' ' + resource
                + (namespace == null ? "" : " in the namespace " + namespace) + ": "
                + (account.isImpersonated() ? "make the account if it is missing, and bind a " : "bind a ")
                + (namespace == null ? "ClusterRole" : "Role")
                + " to it that has the verbs get, create, patch and delete on "
                + resource + " of the API group \"" + group + '"';
    }

    /** What a server says of a Secret quotes it. */
    private static String shown(KubernetesClientException e, ObjectId id) {
        if (!id.kind().equals("Secret")) {
            return Redaction.ofUrls().apply(message(e));
        }
        String fields = Optional.ofNullable(e.getStatus())
                .map(Status::getDetails)
                .map(details -> details.getCauses().stream()
                        .map(StatusCause::getField)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", ")))
                .orElse("");
        return "the API server refuses it with status " + e.getCode()
                + (fields.isEmpty() ? "" : ", because of " + fields);
    }

    private static String message(KubernetesClientException e) {
        Status status = e.getStatus();
        String said = status == null ? null : status.getMessage();
        return Objects.requireNonNullElse(said, String.valueOf(e.getMessage()));
    }

    private static boolean isUnreachable(KubernetesClientException e) {
        Throwable first = firstCause(e);
        return first instanceof IOException || first instanceof TimeoutException;
    }

    private static Throwable firstCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(KubernetesClientException e) {
        Throwable cause = firstCause(e);
        return Objects.requireNonNullElse(cause.getMessage(), "no answer");
    }
}
