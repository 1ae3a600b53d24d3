package dev.tidemark.committer.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * What a ref of a remote names; by itself, or through annotated tags.
 *
 * @param ref its full name
 */
record RefTarget(String ref, ObjectId id) {

    /** @throws NoCommitException if it is a file or a folder: Git lets any object have a tag */
    RevCommit commit(RevWalk walk) throws IOException {
        RevObject target = walk.peel(walk.parseAny(id));
        if (target instanceof RevCommit commit) {
            return commit;
        }
        throw new NoCommitException(ref + " points at a "
                + (target.getType() == Constants.OBJ_BLOB ? "file (blob)" : "folder (tree)") + " and not at a commit");
    }

    /** There is nothing to check out behind a ref. */
    static final class NoCommitException extends IOException {

        NoCommitException(String message) {
            super(message);
        }
    }
}
