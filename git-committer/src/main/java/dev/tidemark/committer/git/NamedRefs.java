package dev.tidemark.committer.git;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Fetches refs by their names, all in one exchange; what the remote does not have of them is no fault. */
final class NamedRefs {

    private static final String MISSING_REF = "does not have";

    private final Repository repository;
    private final Exchange exchange;

    NamedRefs(Repository repository, Exchange exchange) {
        this.repository = repository;
        this.exchange = exchange;
    }

    /**
     * What was found, by the refs' names; of what the remote does not have, nothing.
     *
     * @param commits ids of their heads
     * @param problems why a ref that is there is of no use
     */
    record Found(Map<String, String> commits, Map<String, String> problems) {}

    /** @param known whether the clone has all of them from an earlier time */
    Found fetch(Set<String> refs, boolean known) throws IOException {
        Map<String, String> commits = new TreeMap<>();
        Map<String, String> problems = new TreeMap<>();
        if (refs.isEmpty()) {
            return new Found(commits, problems);
        }
        try (Transport transport = exchange.open(repository);
                TransferProgress progress = exchange.begin(known ? "fetching" : "cloning");
                RevWalk walk = new RevWalk(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (!known) {
                // Only refs that are new to the clone: repeating the depth would add a shallow boundary each time.
                transport.setDepth(1);
            }
            FetchResult result = fetchThoseThatExist(transport, refs, progress);
            for (String ref : refs) {
                Ref advertised = result == null ? null : result.getAdvertisedRef(ref);
                ObjectId id = advertised == null ? null : advertised.getObjectId();
                if (id != null) {
                    try {
                        commits.put(ref, new RefTarget(ref, id).commit(walk).name());
                    } catch (RefTarget.NoCommitException e) {
                        problems.put(ref, exchange.problems().text(e));
                    }
                }
            }
        }
        return new Found(commits, problems);
    }

    private static @Nullable FetchResult fetchThoseThatExist(
            Transport transport, Set<String> refs, TransferProgress progress) throws IOException {
        try {
            return transport.fetch(progress, specs(refs.stream()));
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains(MISSING_REF)) {
                throw e;
            }
        }
        Set<String> existing;
        try (FetchConnection connection = transport.openFetch()) {
            existing = Set.copyOf(connection.getRefsMap().keySet());
        }
        List<RefSpec> specs = specs(refs.stream().filter(existing::contains));
        return specs.isEmpty() ? null : transport.fetch(progress, specs);
    }

    private static List<RefSpec> specs(Stream<String> refs) {
        return refs.map(ref -> new RefSpec('+' + ref + ':' + tracking(ref))).toList();
    }

    /** What the clone calls a remote's ref. */
    static String tracking(String ref) {
        return "refs/remotes/origin/" + (ref.startsWith("refs/") ? ref.substring("refs/".length()) : ref);
    }
}
