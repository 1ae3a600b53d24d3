package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.FluxJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sets the status of a commit on GitLab, unless one of the same name says the same. */
record GitLabStatus(String project, String token, String providerUid) implements Notifier {

    static GitLabStatus of(Destination destination) throws UnusableProviderException {
        RepositoryAddress repository = RepositoryAddress.of(destination.address(), "gitlab");
        return new GitLabStatus(
                repository.forge() + "/api/v4/projects/" + encoded(repository.path()),
                destination.token(),
                destination.providerUid());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        Optional<CommitStatus> status = CommitStatus.of(event, providerUid);
        if (status.isPresent()) {
            set(status.get(), transport);
        }
    }

    private void set(CommitStatus status, Transport transport) throws IOException, InterruptedException {
        String state = status.succeeded() ? "success" : "failed";
        URI statuses = URI.create(
                project + "/repository/commits/" + status.commit() + "/statuses?name=" + encoded(status.context()));
        JsonNode known = Transport.json(transport.send(authorized(Transport.Outgoing.get(statuses))));
        for (JsonNode one : known) {
            if (one.path("name").asText().equals(status.context())
                    && one.path("status").asText().equals(state)
                    && one.path("description").asText().equals(status.description())) {
                return;
            }
        }
        JsonNode body = FluxJson.json()
                .createObjectNode()
                .put("state", state)
                .put("name", status.context())
                .put("description", status.description());
        var unused = transport.send(
                authorized(Transport.Outgoing.post(URI.create(project + "/statuses/" + status.commit()), body)));
    }

    private Transport.Outgoing authorized(Transport.Outgoing request) {
        return request.with("PRIVATE-TOKEN", token);
    }

    @Override
    public String toString() {
        return "GitLabStatus(" + project + ')';
    }
}
