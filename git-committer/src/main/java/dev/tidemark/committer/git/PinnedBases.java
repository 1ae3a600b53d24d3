package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/** Fetches bases that are no ref with a name: a commit by its id, the best tag of a range (flux-git-based 8). */
final class PinnedBases {

    private static final String TRACKED = "refs/bases/";

    private final FileRepository repository;
    private final Exchange exchange;

    PinnedBases(FileRepository repository, Exchange exchange) {
        this.repository = repository;
        this.exchange = exchange;
    }

    /**
     * A commit, if the remote has it where it has to be.
     *
     * @param parent where a folder may be made for a while
     */
    Optional<String> fetch(Checkout.Commit wanted, Path parent) throws IOException {
        ObjectId id = ObjectId.fromString(wanted.id());
        if (!has(id)) {
            fetch(id);
        }
        if (!has(id)) {
            return Optional.empty();
        }
        if (wanted.branch() != null) {
            try (CommitsOnly commits = new CommitsOnly(exchange, parent)) {
                if (!commits.contains(Constants.R_HEADS + wanted.branch(), id)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(wanted.id());
    }

    private boolean has(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.parseTree(walk.parseCommit(id).getTree());
            return true;
        } catch (MissingObjectException lacking) {
            return false;
        }
    }

    private void fetch(ObjectId id) throws IOException {
        try (Transport transport = exchange.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(id.name() + ':' + TRACKED + id.name())));
        } catch (TransportException notByItsId) {
            // a server need not give what no ref names (uploadpack.allowReachableSHA1InWant): then all that refs lead
            // to
            try (Transport transport = exchange.open(repository)) {
                transport.setTagOpt(TagOpt.NO_TAGS);
                transport.setDepth(Integer.MAX_VALUE);
                transport.fetch(
                        NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/heads/*:" + TRACKED + "heads/*")));
            }
        }
    }

    /** The commit behind the best tag; of several that rank alike the newest. */
    Optional<String> fetch(Checkout.Range wanted) throws IOException {
        List<String> best;
        try (Transport transport = exchange.open(repository);
                FetchConnection connection = transport.openFetch()) {
            best = wanted.best(connection.getRefsMap().keySet().stream()
                    .filter(ref -> ref.startsWith(Constants.R_TAGS))
                    .map(ref -> ref.substring(Constants.R_TAGS.length()))
                    .toList());
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        try (Transport transport = exchange.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            transport.fetch(
                    NullProgressMonitor.INSTANCE,
                    best.stream()
                            .map(tag -> new RefSpec('+' + Constants.R_TAGS + tag + ':' + TRACKED + "tags/" + tag))
                            .toList());
        }
        return newest(best);
    }

    private Optional<String> newest(List<String> tags) throws IOException {
        RevCommit newest = null;
        try (RevWalk walk = new RevWalk(repository)) {
            for (String tag : tags) {
                RevCommit commit = walk.parseCommit(repository.resolve(TRACKED + "tags/" + tag + "^{commit}"));
                if (newest == null
                        || Comparator.comparingInt(RevCommit::getCommitTime).compare(commit, newest) > 0) {
                    newest = commit;
                }
            }
        }
        return Optional.ofNullable(newest).map(RevCommit::name);
    }
}
