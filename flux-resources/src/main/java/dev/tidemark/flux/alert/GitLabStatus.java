package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Statuses on GitLab, which has one of a name for each branch of a commit. */
record GitLabStatus(String project, String token) implements Forge {

    static GitLabStatus of(Destination destination) throws UnusableProviderException {
        RepositoryAddress repository = RepositoryAddress.of(destination.address(), "gitlab");
        return new GitLabStatus(
                repository.forge() + "/api/v4/projects/" + encoded(repository.path()), destination.token());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public URI known(CommitStatus status) {
        return URI.create(
                project + "/repository/commits/" + status.commit() + "/statuses?name=" + encoded(status.context()));
    }

    @Override
    public boolean stands(CommitStatus status, JsonNode known) {
        for (JsonNode one : known) {
            if (one.path("name").asText().equals(status.context())
                    && one.path("status").asText().equals(state(status))
                    && one.path("description").asText().equals(status.description())) {
                return true;
            }
        }
        return false;
    }

    private static String state(CommitStatus status) {
        return status.succeeded() ? "success" : "failed";
    }

    @Override
    public URI target(CommitStatus status) {
        return URI.create(project + "/statuses/" + status.commit());
    }

    @Override
    public ObjectNode body(CommitStatus status) {
        return FluxJson.json()
                .createObjectNode()
                .put("state", state(status))
                .put("name", status.context())
                .put("description", status.description());
    }

    @Override
    public Transport.Outgoing authorized(Transport.Outgoing request) {
        return request.with("PRIVATE-TOKEN", token);
    }

    @Override
    public String toString() {
        return "GitLabStatus(" + project + ')';
    }
}
