package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Sets the status of a commit on GitHub, unless the last one of the same context says the same. */
record GitHubStatus(String api, String token, String providerUid) implements Notifier {

    private static final String PUBLIC = "https://github.com";

    static GitHubStatus of(Destination destination) throws UnusableProviderException {
        RepositoryAddress repository = RepositoryAddress.of(destination.address(), "github");
        if (repository.path().chars().filter(c -> c == '/').count() != 1) {
            throw new UnusableProviderException("the address of a Provider of type 'github' ends with OWNER/NAME");
        }
        String api = repository.forge().equals(PUBLIC) ? "https://api.github.com" : repository.forge() + "/api/v3";
        return new GitHubStatus(api + "/repos/" + repository.path(), destination.token(), destination.providerUid());
    }

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        Optional<CommitStatus> status = CommitStatus.of(event, providerUid);
        if (status.isPresent()) {
            set(status.get(), transport);
        }
    }

    private void set(CommitStatus status, Transport transport) throws IOException, InterruptedException {
        String state = status.succeeded() ? "success" : "failure";
        URI statuses = URI.create(api + "/commits/" + status.commit() + "/statuses?per_page=50");
        JsonNode known = Transport.json(transport.send(authorized(Transport.Outgoing.get(statuses))));
        for (JsonNode one : known) {
            if (one.path("context").asText().equals(status.context())) {
                if (one.path("state").asText().equals(state)
                        && one.path("description").asText().equals(status.description())) {
                    return;
                }
                break;
            }
        }
        JsonNode body = FluxJson.json()
                .createObjectNode()
                .put("state", state)
                .put("description", status.description())
                .put("context", status.context());
        var unused = transport.send(
                authorized(Transport.Outgoing.post(URI.create(api + "/statuses/" + status.commit()), body)));
    }

    private Transport.Outgoing authorized(Transport.Outgoing request) {
        return request.with("Authorization", "Bearer " + token)
                .with("Accept", "application/vnd.github.v3+json")
                .with("X-GitHub-Api-Version", "2022-11-28");
    }

    @Override
    public String toString() {
        return "GitHubStatus(" + api + ')';
    }
}
