package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.FileTree;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths inside a tree: they cannot leave it, and links are resolved as if the tree's root were {@code /} (6.4). */
final class TreePaths {

    /** As the kernel does: a chain of more links is a loop. */
    private static final int MAX_LINKS = 40;

    private static final Pattern EDITED = Pattern.compile("(.*/)?([^/]*\\.ya?ml|Kustomization)");

    private TreePaths() {}

    /** Whether files of that name are edited (17.1). */
    static boolean isEdited(String path) {
        return EDITED.matcher(path).matches();
    }

    /** Follows links and dots to a file or folder; empty where nothing is. */
    static Optional<String> resolve(FileTree tree, String path) {
        Deque<String> remaining = new ArrayDeque<>(Arrays.asList(path.split("/")));
        Deque<String> resolved = new ArrayDeque<>();
        int links = 0;
        while (!remaining.isEmpty()) {
            String part = remaining.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                resolved.pollLast();
                continue;
            }
            resolved.addLast(part);
            switch (tree.at(String.join("/", resolved))) {
                case null -> {
                    return Optional.empty();
                }
                case FileTree.Node.Link link -> {
                    if (++links > MAX_LINKS) {
                        return Optional.empty();
                    }
                    if (link.target().startsWith("/")) {
                        resolved.clear();
                    } else {
                        resolved.removeLast();
                    }
                    Arrays.asList(link.target().split("/")).reversed().forEach(remaining::push);
                }
                case FileTree.Node.File file -> {
                    if (!remaining.isEmpty()) {
                        return Optional.empty();
                    }
                }
                case FileTree.Node.Folder folder -> {}
            }
        }
        return Optional.of(String.join("/", resolved));
    }
}
