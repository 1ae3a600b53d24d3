package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.FoundCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A clone of its own, which has commits and nothing else where the server can leave the rest out: a clone that lacks trees
 * could not be pushed from. It lasts for one question.
 */
final class CommitsOnly implements AutoCloseable {

    /** What a killed process leaves unrecorded is found among these as a rule. */
    private static final int FEW_COMMITS = 50;

    /** As Git has it: all of them. */
    private static final int ALL_COMMITS = Integer.MAX_VALUE;

    private final Exchange exchange;
    private final Path folder;
    private final FileRepository repository;

    /** @param parent where its folder is made */
    CommitsOnly(Exchange exchange, Path parent) throws IOException {
        this.exchange = exchange;
        this.folder = Files.createTempDirectory(parent, "history");
        this.repository = Repositories.create(folder, exchange.limits());
    }

    /** The commits of a ref that are newer than a known one, see {@link CommitHistory}. */
    List<FoundCommit> history(String ref, @Nullable String known, int limit) throws IOException {
        CommitHistory history = CommitHistory.NONE;
        for (int depth = Math.min(FEW_COMMITS, limit); !history.isWhole(); depth = limit) {
            ObjectId head = fetched(ref, depth);
            history = CommitHistory.of(repository, head == null ? "" : head.name(), known, limit);
            if (depth == limit) {
                break;
            }
        }
        return history.commits();
    }

    /** Whether a commit is one of a ref's history. */
    boolean contains(String ref, ObjectId commit) throws IOException {
        ObjectId head = fetched(ref, ALL_COMMITS);
        if (head == null) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(head));
        } catch (MissingObjectException elsewhere) {
            return false;
        }
    }

    /** Whether any branch leads to a commit. */
    boolean branchesContain(ObjectId commit) throws IOException {
        filtered("refs/heads/*", "refs/remotes/origin/*", ALL_COMMITS);
        return repository.getObjectDatabase().has(commit);
    }

    private @Nullable ObjectId fetched(String ref, int depth) throws IOException {
        Ref head = filtered(ref, "refs/remotes/origin/head", depth).getAdvertisedRef(ref);
        return head == null ? null : head.getObjectId();
    }

    private FetchResult filtered(String ref, String tracking, int depth) throws IOException {
        RefSpec spec = new RefSpec('+' + ref + ':' + tracking);
        try {
            return fetched(spec, depth, FilterSpec.fromFilterLine("tree:0"));
        } catch (TransportException refused) {
            // Git's own server leaves nothing out unless its administrator allows it, and says so in more than one way;
            // where the reason is another, it is said again
            return fetched(spec, depth, FilterSpec.NO_FILTER);
        }
    }

    private FetchResult fetched(RefSpec spec, int depth, FilterSpec filter) throws IOException {
        try (Transport transport = exchange.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(depth);
            transport.setFilterSpec(filter);
            return transport.fetch(NullProgressMonitor.INSTANCE, List.of(spec));
        }
    }

    @Override
    public void close() throws IOException {
        repository.close();
        Repositories.delete(folder);
    }
}
