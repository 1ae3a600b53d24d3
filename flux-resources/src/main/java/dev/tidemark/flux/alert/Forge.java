package dev.tidemark.flux.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** How the API of a forge takes statuses of commits. */
interface Forge {

    /** Where those of the commit are that stand already. */
    URI known(CommitStatus status);

    /** Whether this one is among them, and is what counts. */
    boolean stands(CommitStatus status, JsonNode known);

    /** Where it is set. */
    URI target(CommitStatus status);

    ObjectNode body(CommitStatus status);

    Transport.Outgoing authorized(Transport.Outgoing request);
}
