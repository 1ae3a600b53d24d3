package dev.tidemark.committer.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one revision. Paths are relative to its root, separated by {@code /}; the root is empty. */
public interface FileTree {

    /** What stands at a path. */
    sealed interface Node {
        record Folder() implements Node {}

        record File() implements Node {}

        record Link(String target) implements Node {}
    }

    /** The node at a path, without following links; null where there is none. */
    @Nullable
    Node at(String path);

    /**
     * Something worth reading.
     *
     * @param content names the content: the same name means the same text, in every tree; null for a link
     */
    record Candidate(String path, @Nullable String content) {}

    /**
     * The files and links below a folder that may be edited, in order of their paths. May leave out what cannot have
     * markers and what has no name that is edited.
     */
    List<Candidate> candidates(String folder);

    /** What a file has. */
    sealed interface Content {
        record Text(String text) implements Content {}

        /** @param why it is no text that can be edited, for a person */
        record Unreadable(String why) implements Content {}
    }

    /** The content of a file that is there. */
    Content read(String path);
}
