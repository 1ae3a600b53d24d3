package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.net.URI;

/** Statuses on GitHub, of which the last one of a context counts. */
record GitHubStatus(String api, String token) implements Forge {

    private static final String PUBLIC = "https://github.com";

    static GitHubStatus of(Destination destination) throws UnusableProviderException {
        RepositoryAddress repository = RepositoryAddress.of(destination.address(), "github");
        if (repository.path().chars().filter(c -> c == '/').count() != 1) {
            throw new UnusableProviderException("the address of a Provider of type 'github' ends with OWNER/NAME");
        }
        String api = repository.forge().equals(PUBLIC) ? "https://api.github.com" : repository.forge() + "/api/v3";
        return new GitHubStatus(api + "/repos/" + repository.path(), destination.token());
    }

    @Override
    public URI known(CommitStatus status) {
        return URI.create(api + "/commits/" + status.commit() + "/statuses?per_page=50");
    }

    @Override
    public boolean stands(CommitStatus status, JsonNode known) {
        for (JsonNode one : known) {
            if (one.path("context").asText().equals(status.context())) {
                return one.path("state").asText().equals(state(status))
                        && one.path("description").asText().equals(status.description());
            }
        }
        return false;
    }

    private static String state(CommitStatus status) {
        return status.succeeded() ? "success" : "failure";
    }

    @Override
    public URI target(CommitStatus status) {
        return URI.create(api + "/statuses/" + status.commit());
    }

    @Override
    public ObjectNode body(CommitStatus status) {
        return FluxJson.json()
                .createObjectNode()
                .put("state", state(status))
                .put("description", status.description())
                .put("context", status.context());
    }

    @Override
    public Transport.Outgoing authorized(Transport.Outgoing request) {
        return request.with("Authorization", "Bearer " + token)
                .with("Accept", "application/vnd.github.v3+json")
                .with("X-GitHub-Api-Version", "2022-11-28");
    }

    @Override
    public String toString() {
        return "GitHubStatus(" + api + ')';
    }
}
