package dev.tidemark.flux.alert;

import java.util.List;
import java.util.Set;

/** The types of Providers that are served; formats and headers are those of notification-controller. */
public final class Notifiers {

    private static final List<String> SERVED = List.of(
            "generic", "generic-hmac", "slack", "discord", "msteams", "matrix", "github", "gitlab", "alertmanager");

    /** These say something of a commit, and of nothing else. */
    private static final Set<String> OF_COMMITS = Set.of("github", "gitlab");

    private static final String TOKEN = "an access token that may set commit statuses";
    private static final String OR_APP = ", or one that describes a GitHub App (githubAppID and what goes with it)";

    private Notifiers() {}

    public static boolean isServed(String type) {
        return SERVED.contains(type);
    }

    /** Whether a Provider of that type has nothing to say of an event that names no commit. */
    public static boolean isOfCommits(String type) {
        return OF_COMMITS.contains(type);
    }

    /** Whether the token of such a Provider may be one that a GitHub App is given. */
    public static boolean takesGitHubApp(String type) {
        return type.equals("github");
    }

    /** @throws UnusableProviderException where the type is not served, or lacks what it takes */
    public static Notifier of(String type, Destination destination) throws UnusableProviderException {
        return switch (type) {
            case "generic" -> new ForwardedEvent(destination, "");
            case "generic-hmac" ->
                new ForwardedEvent(
                        destination, required(destination.token(), type, "the key that bodies are signed with"));
            case "slack" -> new SlackMessage(destination);
            case "discord" -> new DiscordMessage(destination);
            case "msteams" -> new TeamsCard(destination);
            case "matrix" -> {
                var unused = required(
                        destination.channel().isEmpty() ? "" : destination.token(),
                        type,
                        "the access token, and spec.channel the id of the room");
                yield new MatrixMessage(destination);
            }
            case "github" ->
                new CommitStatuses(
                        GitHubStatus.of(withToken(destination, type, TOKEN + OR_APP)), destination.providerUid());
            case "gitlab" ->
                new CommitStatuses(GitLabStatus.of(withToken(destination, type, TOKEN)), destination.providerUid());
            case "alertmanager" -> new AlertmanagerAlert(destination);
            default ->
                throw new UnusableProviderException("the type '" + type + "' is not served: use one of "
                        + String.join(", ", SERVED)
                        + ", or have Flux's notification-controller deliver (tidemark.kubernetes.events-address)");
        };
    }

    /** A token may also stand where a password does. */
    private static Destination withToken(Destination destination, String type, String what)
            throws UnusableProviderException {
        String token = destination.token().isEmpty() ? destination.password() : destination.token();
        return destination.withToken(required(token, type, what));
    }

    private static String required(String token, String type, String what) throws UnusableProviderException {
        if (token.isEmpty()) {
            throw new UnusableProviderException(
                    "the type '" + type + "' takes a Secret (spec.secretRef) whose key 'token' is " + what);
        }
        return token;
    }
}
