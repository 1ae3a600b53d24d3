package dev.tidemark.committer.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run of the setters makes of a tree.
 *
 * @param contents new contents of the files that change, by path from the root
 * @param changes by file, in document order
 * @param markers how many markers named a policy of the run, whether or not their value changed
 */
public record TreeUpdate(
        Map<String, String> contents, List<SetterChange> changes, List<Finding> findings, int markers) {

    /** The same update of those that are not held back, and why others are. */
    public TreeUpdate holdingBack(List<UnknownTags.Unknown> held, int allMarkers) {
        List<Finding> all = new ArrayList<>(findings);
        held.forEach(one -> all.add(one.finding()));
        return new TreeUpdate(contents, changes, List.copyOf(all), allMarkers);
    }
}
