package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    /** How servers, and JGit for them, refuse an id. */
    private static final List<String> NOT_BY_ITS_ID =
            List.of("not our ref", "not advertised", "unadvertised object", "not valid", "does not have");

    private final FileRepository repository;
    private final Exchange exchange;
    private final Path parent;

    /** @param parent where folders may be made for a while */
    PinnedBases(FileRepository repository, Exchange exchange, Path parent) {
        this.repository = repository;
        this.exchange = exchange;
        this.parent = parent;
    }

    /** A commit, if the remote has it where it has to be. */
    Optional<String> fetch(Checkout.Commit wanted) throws IOException {
        ObjectId id = ObjectId.fromString(wanted.id());
        if ((!has(id) && !fetched(id)) || !has(id)) {
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

    /** A commit with its tree; a tag that leads to one is none. */
    private boolean has(ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseTree(commit.getTree());
            return commit.getId().equals(id);
        } catch (MissingObjectException lacking) {
            return false;
        }
    }

    private boolean fetched(ObjectId id) throws IOException {
        try (Transport transport = exchange.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec(id.name() + ':' + TRACKED + id.name())));
            return true;
        } catch (TransportException refused) {
            String said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
            if (NOT_BY_ITS_ID.stream().noneMatch(said::contains)) {
                throw refused;
            }
        }
        // a server need not give what no ref names (uploadpack.allowReachableSHA1InWant): then all that refs lead to,
        // if
        // one leads there at all
        try (CommitsOnly commits = new CommitsOnly(exchange, parent)) {
            if (!commits.branchesContain(id)) {
                return false;
            }
        }
        try (Transport transport = exchange.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(Integer.MAX_VALUE);
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/heads/*:" + TRACKED + "heads/*")));
            return true;
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
                ObjectId fetched = Objects.requireNonNull(repository.resolve(TRACKED + "tags/" + tag), tag);
                RevCommit commit = new RefTarget(Constants.R_TAGS + tag, fetched).commit(walk);
                if (newest == null
                        || Comparator.comparingInt(RevCommit::getCommitTime).compare(commit, newest) > 0) {
                    newest = commit;
                }
            }
        }
        return Optional.ofNullable(newest).map(RevCommit::name);
    }
}
