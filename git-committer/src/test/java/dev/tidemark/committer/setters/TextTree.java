package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.FileTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tree in memory. */
record TextTree(Map<String, String> files, Map<String, String> links) implements FileTree {

    @Override
    public @Nullable Node at(String path) {
        if (links.containsKey(path)) {
            return new Node.Link(links.getOrDefault(path, ""));
        }
        if (files.containsKey(path)) {
            return new Node.File();
        }
        return all().anyMatch(p -> p.startsWith(path + '/')) ? new Node.Folder() : null;
    }

    @Override
    public List<Candidate> candidates(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + '/';
        return all().filter(p -> p.startsWith(prefix))
                .sorted()
                .map(p -> new Candidate(p, files.get(p)))
                .toList();
    }

    @Override
    public Content read(String path) {
        String text = files.get(path);
        return text == null ? new Content.Unreadable("it is not there") : new Content.Text(text);
    }

    private Stream<String> all() {
        return Stream.concat(files.keySet().stream(), links.keySet().stream());
    }

    /** The files with these in their places. */
    Map<String, String> with(Map<String, String> contents) {
        Map<String, String> result = new TreeMap<>(files);
        result.putAll(contents);
        return result;
    }
}
