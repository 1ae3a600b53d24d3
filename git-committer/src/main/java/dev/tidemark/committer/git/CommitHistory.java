package dev.tidemark.committer.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.committer.domain.FoundCommit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The newest commits of a head, read from a repository that may have only some of them.
 *
 * @param commits newest first
 * @param isWhole whether nothing that was asked for lies beyond what the repository has
 */
record CommitHistory(List<FoundCommit> commits, boolean isWhole) {

    /** Before anything was read. */
    static final CommitHistory NONE = new CommitHistory(List.of(), false);

    /**
     * Reads back from a head.
     *
     * @param head empty when there is none
     * @param known where to stop; null to stop at the limit only
     */
    static CommitHistory of(FileRepository repository, String head, @Nullable String known, int limit)
            throws IOException {
        List<FoundCommit> found = new ArrayList<>();
        if (head.isEmpty()) {
            return new CommitHistory(found, true);
        }
        Set<ObjectId> shallow = repository.getObjectDatabase().getShallowCommits();
        boolean cut = false;
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            if (known != null && repository.getObjectDatabase().has(ObjectId.fromString(known))) {
                walk.markUninteresting(walk.parseCommit(ObjectId.fromString(known)));
            }
            RevCommit commit = walk.next();
            while (commit != null && found.size() < limit) {
                found.add(found(commit));
                cut |= shallow.contains(commit.getId());
                commit = walk.next();
            }
        }
        return new CommitHistory(found, !cut || found.size() >= limit);
    }

    private static FoundCommit found(RevCommit commit) {
        String raw = new String(commit.getRawBuffer(), UTF_8);
        int end = raw.indexOf("\n\n");
        String headers = end < 0 ? raw : raw.substring(0, end);
        return new FoundCommit(
                commit.name(),
                end < 0 ? "" : raw.substring(end + 2),
                Instant.ofEpochSecond(commit.getCommitTime()),
                header(headers, ObjectWriter.AUTOMATION_HEADER),
                FoundCommit.selections(header(headers, ObjectWriter.SELECTIONS_HEADER)));
    }

    private static String header(String headers, String name) {
        return headers.lines()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
