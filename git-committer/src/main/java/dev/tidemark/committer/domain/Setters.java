package dev.tidemark.committer.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets marked values in a tree (flux-git-based 16, 17). */
@FunctionalInterface
public interface Setters {

    /**
     * What the policies make of the files below a path; nothing is written.
     *
     * @param namespace of the automation: only policies of its own namespace count
     * @throws UpdateException if the path does not exist, a policy's image is no valid reference, or a file fails the run
     */
    TreeUpdate apply(FileTree tree, @Nullable String updatePath, String namespace, List<Policy> policies);
}
